import type { CaseGroup } from './case.ts';
import { ANSWERS } from './answers.ts';
import { ATTENTION } from './attention.ts';
import { CALL_ANSWERS } from './call-answers.ts';
import { CONNECTING } from './connecting.ts';
import { CONTEXT_UPDATES } from './context-updates.ts';
import { CONTEXT_WINDOW } from './context-window.ts';
import { DECLARATIONS } from './declarations.ts';
import { FRAMES } from './frames.ts';
import { LIFETIME } from './lifetime.ts';
import { MANUAL_ACTIVITY } from './manual-activity.ts';
import { GROUNDING } from './grounding.ts';
import { KNOWN_EXCHANGES } from './known-exchanges.ts';
import { PICTURES } from './pictures.ts';
import { QUOTA } from './quota.ts';
import { RESUMPTION } from './resumption.ts';
import { SETTINGS } from './settings.ts';
import { SPEECH_TURNS } from './speech-turns.ts';
import { TEXT_TURNS } from './text-turns.ts';
import { THINKING } from './thinking.ts';
import { TOKENS } from './tokens.ts';
import { TOOLS } from './tools.ts';
import { USAGE } from './usage.ts';
import { VOICE_CASES } from './voices.ts';

/** The whole suite, the simplest first. */
export const CASES: readonly CaseGroup[] = [
  CONNECTING,
  SETTINGS,
  VOICE_CASES,
  FRAMES,
  TEXT_TURNS,
  ANSWERS,
  SPEECH_TURNS,
  MANUAL_ACTIVITY,
  PICTURES,
  USAGE,
  DECLARATIONS,
  TOOLS,
  CALL_ANSWERS,
  GROUNDING,
  THINKING,
  ATTENTION,
  CONTEXT_UPDATES,
  CONTEXT_WINDOW,
  RESUMPTION,
  QUOTA,
  TOKENS,
  LIFETIME,
  KNOWN_EXCHANGES,
];
