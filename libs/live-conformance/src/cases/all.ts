import type { CaseGroup } from './case.ts';
import { CONNECTING } from './connecting.ts';
import { FRAMES } from './frames.ts';
import { LIFETIME } from './lifetime.ts';
import { MANUAL_ACTIVITY } from './manual-activity.ts';
import { PICTURES } from './pictures.ts';
import { RESUMPTION } from './resumption.ts';
import { SPEECH_TURNS } from './speech-turns.ts';
import { TEXT_TURNS } from './text-turns.ts';
import { USAGE } from './usage.ts';
import { VOICE_CASES } from './voices.ts';

/** The whole suite, the simplest first. */
export const CASES: readonly CaseGroup[] = [
  CONNECTING,
  VOICE_CASES,
  FRAMES,
  TEXT_TURNS,
  SPEECH_TURNS,
  MANUAL_ACTIVITY,
  PICTURES,
  USAGE,
  RESUMPTION,
  LIFETIME,
];
