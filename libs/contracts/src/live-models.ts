import * as z from 'zod';

/** The two services that offer the Live API: the Gemini Developer API and Vertex AI. */
export const LiveService = z.enum(['developer', 'vertex']);
export type LiveService = z.infer<typeof LiveService>;

export const LiveModality = z.enum(['AUDIO', 'TEXT']);
export type LiveModality = z.infer<typeof LiveModality>;

export const ThinkingLevel = z.enum(['minimal', 'low', 'medium', 'high']);
export type ThinkingLevel = z.infer<typeof ThinkingLevel>;

/** What one Live model takes, as Google documents it (ai.google.dev/gemini-api/docs/live-api, docs.cloud.google.com, November 2026). */
export interface LiveModel {
  readonly id: string;
  readonly title: string;
  readonly services: readonly LiveService[];
  /** One of these must be asked for; the first is the default. */
  readonly modalities: readonly LiveModality[];
  /** Hears and speaks by itself, without a separate recogniser and synthesiser; takes no language on the Developer API. */
  readonly nativeAudio: boolean;
  /** Which field of `thinkingConfig` it takes. */
  readonly thinking: 'budget' | 'level' | 'none';
  /** Of a model that takes a level: those that it knows. */
  readonly thinkingLevels: readonly ThinkingLevel[];
  /** `optional` needs API version v1alpha on the Developer API; `always` refuses to be switched off. */
  readonly proactiveAudio: 'optional' | 'always' | 'unsupported';
  readonly affectiveDialog: 'optional' | 'vertex-only' | 'unsupported';
  /** How functions are called when a declaration does not say: `sync-only` takes no other way, `async-only` neither. */
  readonly functionCalls: 'blocking' | 'non-blocking' | 'sync-only' | 'async-only';
  /** Takes a new system instruction and tools in the middle of a session. */
  readonly contextUpdates: 'all' | 'vertex-instruction' | 'none';
  /** Tokens of input that it keeps before it. */
  readonly contextWindow: number;
}

type Family = Omit<LiveModel, 'id' | 'title' | 'services'>;

const HALF_CASCADE: Family = {
  modalities: ['AUDIO', 'TEXT'],
  nativeAudio: false,
  thinking: 'none',
  thinkingLevels: [],
  proactiveAudio: 'unsupported',
  affectiveDialog: 'unsupported',
  functionCalls: 'blocking',
  contextUpdates: 'none',
  contextWindow: 32_768,
};

const NATIVE_2_5: Family = {
  modalities: ['AUDIO'],
  nativeAudio: true,
  thinking: 'budget',
  thinkingLevels: [],
  proactiveAudio: 'optional',
  affectiveDialog: 'optional',
  functionCalls: 'blocking',
  contextUpdates: 'vertex-instruction',
  contextWindow: 131_072,
};

const LIVE_3_1: Family = {
  modalities: ['AUDIO'],
  nativeAudio: true,
  thinking: 'level',
  thinkingLevels: ThinkingLevel.options,
  proactiveAudio: 'unsupported',
  affectiveDialog: 'unsupported',
  functionCalls: 'sync-only',
  contextUpdates: 'none',
  contextWindow: 131_072,
};

const LIVE_3_8: Family = {
  ...LIVE_3_1,
  thinking: 'none',
  thinkingLevels: [],
  proactiveAudio: 'always',
  affectiveDialog: 'vertex-only',
  functionCalls: 'non-blocking',
  contextUpdates: 'all',
};

/** The Live models that are known here; the first is the one Google recommends. */
export const LIVE_MODELS: readonly LiveModel[] = [
  { id: 'gemini-3.8-live', title: 'Gemini 3.8 Live', services: ['developer', 'vertex'], ...LIVE_3_8 },
  {
    id: 'gemini-3.8-live-extended-thinking',
    title: 'Gemini 3.8 Live, extended thinking',
    services: ['developer', 'vertex'],
    ...LIVE_3_8,
    thinking: 'level',
    thinkingLevels: ['low', 'medium', 'high'],
    functionCalls: 'async-only',
  },
  {
    id: 'gemini-3.1-flash-live-preview',
    title: 'Gemini 3.1 Flash Live (preview)',
    services: ['developer', 'vertex'],
    ...LIVE_3_1,
  },
  {
    id: 'gemini-2.5-flash-native-audio-preview-12-2025',
    title: 'Gemini 2.5 Flash native audio (preview)',
    services: ['developer'],
    ...NATIVE_2_5,
  },
  {
    id: 'gemini-live-2.5-flash-native-audio',
    title: 'Gemini Live 2.5 Flash native audio',
    services: ['vertex'],
    ...NATIVE_2_5,
  },
  {
    id: 'gemini-live-2.5-flash-preview',
    title: 'Gemini Live 2.5 Flash (preview)',
    services: ['developer'],
    ...HALF_CASCADE,
  },
  {
    id: 'gemini-2.0-flash-live-preview-04-09',
    title: 'Gemini 2.0 Flash Live (preview)',
    services: ['vertex'],
    ...HALF_CASCADE,
  },
];

/** What people call a model: its title, or its id when it is not known here. */
export function liveModelTitle(id: string): string {
  return LIVE_MODELS.find((model) => model.id === id)?.title ?? id;
}

/** The model with this id on a service; undefined when it is not known here. */
export function liveModel(id: string, service: LiveService): LiveModel | undefined {
  return LIVE_MODELS.find((model) => model.id === id && model.services.includes(service));
}
