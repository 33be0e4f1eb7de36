import type { Addressing, FloorPolicy, LiveModality } from '@studio/contracts';
import { LiveSettings } from '@studio/contracts';
import { sameValue } from '../merge-drafts.ts';

/** The settings while they are edited: numbers as they were typed, and an empty text for what is left to the model or the studio. */
export interface SettingsDraft {
  readonly model: string;
  readonly voice: string;
  readonly language: string;
  readonly instruction: string;
  readonly floor: FloorPolicy;
  readonly addressing: Addressing;
  readonly modality: LiveModality;
  readonly temperature: string;
  readonly inputTranscription: boolean;
  readonly outputTranscription: boolean;
  readonly startSensitivity: string;
  readonly endSensitivity: string;
  readonly prefixPaddingMs: string;
  readonly silenceMs: string;
  readonly handling: string;
  readonly turnCoverage: string;
  /** `on` or `off`. */
  readonly proactiveAudio: string;
  readonly affectiveDialog: string;
  readonly grounding: boolean;
  readonly thinkingBudget: string;
  readonly thinkingLevel: string;
  readonly mediaResolution: string;
  readonly compression: boolean;
  readonly triggerTokens: string;
  readonly targetTokens: string;
  readonly allTools: boolean;
  readonly tools: readonly string[];
  readonly budgetUsd: string;
}

export type SettingsField = keyof SettingsDraft;

/** Where a field stands in the settings. */
export const PATHS: Record<SettingsField, string> = {
  model: 'model',
  voice: 'voice',
  language: 'language',
  instruction: 'instruction',
  floor: 'floor',
  addressing: 'addressing',
  modality: 'modality',
  temperature: 'temperature',
  inputTranscription: 'transcription.input',
  outputTranscription: 'transcription.output',
  startSensitivity: 'voiceActivity.startSensitivity',
  endSensitivity: 'voiceActivity.endSensitivity',
  prefixPaddingMs: 'voiceActivity.prefixPaddingMs',
  silenceMs: 'voiceActivity.silenceMs',
  handling: 'voiceActivity.handling',
  turnCoverage: 'voiceActivity.turnCoverage',
  proactiveAudio: 'proactiveAudio',
  affectiveDialog: 'affectiveDialog',
  grounding: 'grounding',
  thinkingBudget: 'thinking.budget',
  thinkingLevel: 'thinking.level',
  mediaResolution: 'mediaResolution',
  compression: 'compression',
  triggerTokens: 'compression.triggerTokens',
  targetTokens: 'compression.targetTokens',
  allTools: 'tools',
  tools: 'tools',
  budgetUsd: 'budgetUsd',
};
const SETTINGS_FIELDS = Object.keys(PATHS) as SettingsField[];

/** The field that a path of the settings means; undefined when there is none. */
export function fieldAt(path: string): SettingsField | undefined {
  return SETTINGS_FIELDS.find((field) => PATHS[field] === path);
}

/** Shown when compression is switched on: what a room has that was never set up. */
const COMPRESSION = { triggerTokens: 32_000, targetTokens: 16_000 };

export function draftOf(settings: LiveSettings): SettingsDraft {
  const { voiceActivity, thinking, compression, transcription, tools } = settings;
  const { triggerTokens, targetTokens } = compression ?? COMPRESSION;
  return {
    model: settings.model ?? '',
    voice: settings.voice ?? '',
    language: settings.language ?? '',
    instruction: settings.instruction,
    floor: settings.floor,
    addressing: settings.addressing,
    modality: settings.modality,
    temperature: textOf(settings.temperature),
    inputTranscription: transcription.input,
    outputTranscription: transcription.output,
    startSensitivity: voiceActivity.startSensitivity,
    endSensitivity: voiceActivity.endSensitivity,
    prefixPaddingMs: String(voiceActivity.prefixPaddingMs),
    silenceMs: String(voiceActivity.silenceMs),
    handling: voiceActivity.handling,
    turnCoverage: voiceActivity.turnCoverage ?? '',
    proactiveAudio: switchOf(settings.proactiveAudio),
    affectiveDialog: switchOf(settings.affectiveDialog),
    grounding: settings.grounding,
    thinkingBudget: textOf(thinking.budget),
    thinkingLevel: thinking.level ?? '',
    mediaResolution: settings.mediaResolution ?? '',
    compression: compression !== null,
    triggerTokens: String(triggerTokens),
    targetTokens: String(targetTokens),
    allTools: tools === null,
    tools: tools ?? [],
    budgetUsd: textOf(settings.budgetUsd),
  };
}

/** What a draft means; `problems` says by field what is wrong with what was typed, and then there are no settings. */
export function settingsOf(draft: SettingsDraft): {
  readonly settings: LiveSettings | undefined;
  readonly problems: ReadonlyMap<SettingsField, string>;
} {
  const parsed = LiveSettings.safeParse({
    model: emptyIsNull(draft.model),
    voice: emptyIsNull(draft.voice),
    language: emptyIsNull(draft.language.trim()),
    instruction: draft.instruction,
    temperature: numberOf(draft.temperature),
    modality: draft.modality,
    transcription: { input: draft.inputTranscription, output: draft.outputTranscription },
    voiceActivity: {
      startSensitivity: draft.startSensitivity,
      endSensitivity: draft.endSensitivity,
      prefixPaddingMs: numberOf(draft.prefixPaddingMs),
      silenceMs: numberOf(draft.silenceMs),
      handling: draft.handling,
      turnCoverage: emptyIsNull(draft.turnCoverage),
    },
    proactiveAudio: booleanOf(draft.proactiveAudio),
    affectiveDialog: booleanOf(draft.affectiveDialog),
    grounding: draft.grounding,
    thinking: { budget: numberOf(draft.thinkingBudget), level: emptyIsNull(draft.thinkingLevel) },
    mediaResolution: emptyIsNull(draft.mediaResolution),
    compression: draft.compression
      ? { triggerTokens: numberOf(draft.triggerTokens), targetTokens: numberOf(draft.targetTokens) }
      : null,
    tools: draft.allTools ? null : draft.tools,
    floor: draft.floor,
    addressing: draft.addressing,
    budgetUsd: numberOf(draft.budgetUsd),
  });
  if (parsed.success) return { settings: parsed.data, problems: new Map() };
  const problems = new Map<SettingsField, string>();
  for (const { path, message } of parsed.error.issues) {
    const field = fieldAt(path.join('.')) ?? fieldAt(String(path[0]));
    if (field && !problems.has(field)) problems.set(field, message);
  }
  return { settings: undefined, problems };
}

/** The fields in which two drafts differ. */
export function changedFields(a: SettingsDraft, b: SettingsDraft): SettingsField[] {
  return SETTINGS_FIELDS.filter((field) => !sameValue(a[field], b[field]));
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

function switchOf(value: boolean | null): string {
  if (value === null) return '';
  return value ? 'on' : 'off';
}

function booleanOf(text: string): boolean | null {
  return text === '' ? null : text === 'on';
}

function emptyIsNull(text: string): string | null {
  return text === '' ? null : text;
}

/** A comma is as good as a point; what is no number is not one for the schema either. */
function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? null : Number(trimmed);
}
