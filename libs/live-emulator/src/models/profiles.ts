import type { Backend } from './backend.ts';

export type Modality = 'AUDIO' | 'TEXT';

export type TurnCoverage =
  'TURN_INCLUDES_ONLY_ACTIVITY' | 'TURN_INCLUDES_ALL_INPUT' | 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO';

/** What one Live model takes and how it speaks, as Google documents it. */
export interface ModelProfile {
  readonly id: string;
  readonly backends: readonly Backend[];
  /** One of these must be asked for; the first is the default. */
  readonly modalities: readonly Modality[];
  readonly nativeAudio: boolean;
  /** Which field of `thinkingConfig` it takes. */
  readonly thinking: 'budget' | 'level' | 'none';
  /** `optional` needs API version v1alpha on the Developer API; `always` refuses to be switched off. */
  readonly proactiveAudio: 'optional' | 'always' | 'unsupported';
  readonly affectiveDialog: 'optional' | 'vertex-only' | 'unsupported';
  /** Puts several payloads (voice and transcription) into one message, as every 3.x model does. */
  readonly bundlesEvents: boolean;
  readonly takesContextUpdates: boolean;
  /** Whether client content that does not end the turn interrupts an answer too. */
  readonly interruptedByAnyContent: boolean;
  readonly turnCoverage: TurnCoverage;
  /** Tokens. */
  readonly contextWindow: number;
}

const HALF_CASCADE: Omit<ModelProfile, 'id' | 'backends'> = {
  modalities: ['AUDIO', 'TEXT'],
  nativeAudio: false,
  thinking: 'none',
  proactiveAudio: 'unsupported',
  affectiveDialog: 'unsupported',
  bundlesEvents: false,
  takesContextUpdates: false,
  interruptedByAnyContent: true,
  turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY',
  contextWindow: 32_768,
};

const NATIVE_2_5: Omit<ModelProfile, 'id' | 'backends'> = {
  modalities: ['AUDIO'],
  nativeAudio: true,
  thinking: 'budget',
  proactiveAudio: 'optional',
  affectiveDialog: 'optional',
  bundlesEvents: false,
  takesContextUpdates: false,
  interruptedByAnyContent: true,
  turnCoverage: 'TURN_INCLUDES_ONLY_ACTIVITY',
  contextWindow: 131_072,
};

const LIVE_3_1: Omit<ModelProfile, 'id' | 'backends'> = {
  modalities: ['AUDIO'],
  nativeAudio: true,
  thinking: 'level',
  proactiveAudio: 'unsupported',
  affectiveDialog: 'unsupported',
  bundlesEvents: true,
  takesContextUpdates: false,
  interruptedByAnyContent: false,
  turnCoverage: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
  contextWindow: 131_072,
};

const LIVE_3_8: Omit<ModelProfile, 'id' | 'backends'> = {
  ...LIVE_3_1,
  thinking: 'none',
  proactiveAudio: 'always',
  affectiveDialog: 'vertex-only',
  takesContextUpdates: true,
};

const PROFILES: readonly ModelProfile[] = [
  { id: 'gemini-3.8-live', backends: ['developer', 'vertex'], ...LIVE_3_8 },
  {
    id: 'gemini-3.8-live-extended-thinking',
    backends: ['developer', 'vertex'],
    ...LIVE_3_8,
    thinking: 'level',
  },
  { id: 'gemini-3.1-flash-live-preview', backends: ['developer', 'vertex'], ...LIVE_3_1 },
  { id: 'gemini-2.5-flash-native-audio-preview-12-2025', backends: ['developer'], ...NATIVE_2_5 },
  { id: 'gemini-live-2.5-flash-native-audio', backends: ['vertex'], ...NATIVE_2_5 },
  { id: 'gemini-live-2.5-flash-preview', backends: ['developer'], ...HALF_CASCADE },
  { id: 'gemini-2.0-flash-live-preview-04-09', backends: ['vertex'], ...HALF_CASCADE },
];

export function profileOf(id: string, backend: Backend): ModelProfile | undefined {
  return PROFILES.find((profile) => profile.id === id && profile.backends.includes(backend));
}

export function modelsOf(backend: Backend): readonly string[] {
  return PROFILES.filter((profile) => profile.backends.includes(backend)).map((profile) => profile.id);
}
