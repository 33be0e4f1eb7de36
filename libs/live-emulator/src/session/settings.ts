import { modelIdOf } from '../models/model-name.ts';
import type { ModelProfile, TurnCoverage } from '../models/profiles.ts';
import { profileOf } from '../models/profiles.ts';
import type { LiveModality, VoiceName } from '@studio/contracts';
import { DEFAULT_VOICE, isVoice } from '../models/voices.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import type { Content } from './fields.ts';
import { textOf } from './fields.ts';
import { invalidArgument, modelNotFound } from './refusal.ts';
import type { Setup } from './setup.ts';
import type { Toolbox } from './toolbox.ts';
import { readTools } from './toolbox.ts';
import { refuseUnsupported } from './unsupported.ts';

/** A setup that has been checked against its model, with every default filled in. */
export interface SessionSettings {
  readonly profile: ModelProfile;
  readonly modality: LiveModality;
  readonly voice: VoiceName;
  readonly systemInstruction: string;
  /** What stands before the conversation and is never compressed away. */
  readonly prefixTurns: readonly Content[];
  readonly toolbox: Toolbox;
  readonly thinks: boolean;
  readonly thinkingLevel: ThinkingLevel;
  readonly includesThoughts: boolean;
  /** What one picture counts as. */
  readonly pictureTokens: number;
  readonly transcribesInput: boolean;
  readonly transcribesOutput: boolean;
  readonly proactiveAudio: boolean;
  readonly interruptible: boolean;
  readonly turnCoverage: TurnCoverage;
  readonly signalsActivity: boolean;
  readonly detection: ActivityDetection | null;
  readonly resumption: { readonly handle: string | null; readonly transparent: boolean } | null;
  /** Client content up to the first complete turn is history that asks for no answer. */
  readonly startsWithHistory: boolean;
  readonly compression: { readonly triggerTokens: number; readonly targetTokens: number } | null;
}

/** How automatic activity detection was set; null in the settings where the client marks activity itself. */
export interface ActivityDetection {
  readonly startSensitivity: 'high' | 'low';
  readonly endSensitivity: 'high' | 'low';
  readonly prefixPaddingMs: number;
  readonly silenceDurationMs: number;
}

/** How long a model that thinks aloud does so; `minimal` counts as `LOW`. */
export type ThinkingLevel = 'LOW' | 'MEDIUM' | 'HIGH';

/** Tokens of a picture by `mediaResolution`, as the SDK documents them; 258 where nothing was asked for. */
const PICTURE_TOKENS = {
  MEDIA_RESOLUTION_UNSPECIFIED: 258,
  MEDIA_RESOLUTION_LOW: 64,
  MEDIA_RESOLUTION_MEDIUM: 256,
  MEDIA_RESOLUTION_HIGH: 256,
} as const;

/** The service's documented default is about 800 ms of silence. */
const DEFAULT_SILENCE_MS = 800;
/** Long enough that a click is no speech; the service documents no one default. */
const DEFAULT_PREFIX_MS = 100;

/**
 * Reads a setup as its model would.
 * @throws Refusal 1007 or 1008 when the model, or this backend, does not take something.
 */
export function readSettings(setup: Setup, endpoint: Endpoint): SessionSettings {
  const profile = findProfile(setup.model, endpoint);
  const modality = findModality(setup, profile);
  refuseUnsupported(setup, profile, endpoint);
  const realtime = setup.realtimeInputConfig ?? {};
  const coverage = realtime.turnCoverage;
  return {
    profile,
    modality,
    voice: findVoice(setup, profile, modality),
    systemInstruction: textOf(setup.systemInstruction),
    prefixTurns: setup.prefixTurns ?? [],
    toolbox: readTools(setup.tools ?? [], profile),
    ...readThinking(setup, profile),
    pictureTokens: PICTURE_TOKENS[setup.generationConfig?.mediaResolution ?? 'MEDIA_RESOLUTION_UNSPECIFIED'],
    transcribesInput: setup.inputAudioTranscription !== undefined,
    transcribesOutput: setup.outputAudioTranscription !== undefined && modality === 'AUDIO',
    proactiveAudio: profile.proactiveAudio === 'always' || setup.proactivity?.proactiveAudio === true,
    interruptible: realtime.activityHandling !== 'NO_INTERRUPTION',
    turnCoverage:
      coverage === undefined || coverage === 'TURN_COVERAGE_UNSPECIFIED' ? profile.turnCoverage : coverage,
    signalsActivity: setup.explicitVadSignal === true,
    detection: readDetection(setup, endpoint),
    resumption: setup.sessionResumption
      ? {
          handle: setup.sessionResumption.handle ? setup.sessionResumption.handle : null,
          transparent: setup.sessionResumption.transparent === true,
        }
      : null,
    startsWithHistory: setup.historyConfig?.initialHistoryInClientContent === true,
    compression: readCompression(setup, profile, endpoint),
  };
}

function findProfile(name: string, { backend, version }: Endpoint): ModelProfile {
  const id = modelIdOf(name, backend);
  const profile = id === null ? undefined : profileOf(id, backend);
  if (!profile) throw modelNotFound(name, version);
  return profile;
}

function findModality(setup: Setup, profile: ModelProfile): LiveModality {
  const asked = setup.generationConfig?.responseModalities ?? [];
  if (asked.length === 0) return profile.modalities[0] ?? 'AUDIO';
  const found = asked.length === 1 ? profile.modalities.find((modality) => modality === asked[0]) : undefined;
  if (!found) {
    throw invalidArgument(
      `The requested combination of response modalities (${asked.join(', ')}) is not supported by the model.`,
    );
  }
  return found;
}

function findVoice(setup: Setup, profile: ModelProfile, modality: LiveModality): VoiceName {
  const speech = setup.generationConfig?.speechConfig;
  const name = speech?.voiceConfig?.prebuiltVoiceConfig?.voiceName;
  if (name === undefined) return DEFAULT_VOICE;
  if (modality === 'TEXT') throw invalidArgument('Cannot extract voices from a non-audio request.');
  if (isVoice(name)) return name;
  throw invalidArgument(
    `Requested voice api_name '${name.slice(0, 40)}' is not available for model ${profile.id}`,
  );
}

function readThinking(
  setup: Setup,
  profile: ModelProfile,
): Pick<SessionSettings, 'thinks' | 'thinkingLevel' | 'includesThoughts'> {
  const { thinkingBudget, thinkingLevel, includeThoughts } = setup.generationConfig?.thinkingConfig ?? {};
  const level = thinkingLevel?.toUpperCase();
  return {
    thinks: profile.thinking !== 'none' && thinkingBudget !== 0,
    thinkingLevel: level === 'HIGH' || level === 'MEDIUM' ? level : 'LOW',
    includesThoughts: includeThoughts === true,
  };
}

function readDetection(setup: Setup, { backend }: Endpoint): ActivityDetection | null {
  const asked = setup.realtimeInputConfig?.automaticActivityDetection ?? {};
  if (asked.disabled) return null;
  const usual = backend === 'vertex' ? 'low' : 'high';
  return {
    startSensitivity: sensitivity(asked.startOfSpeechSensitivity, usual),
    endSensitivity: sensitivity(asked.endOfSpeechSensitivity, usual),
    prefixPaddingMs: asked.prefixPaddingMs ?? DEFAULT_PREFIX_MS,
    silenceDurationMs: asked.silenceDurationMs ?? DEFAULT_SILENCE_MS,
  };
}

function sensitivity(value: string | undefined, usual: 'high' | 'low'): 'high' | 'low' {
  if (value?.endsWith('_HIGH')) return 'high';
  return value?.endsWith('_LOW') ? 'low' : usual;
}

/** What Vertex AI documents for the trigger of compression, in tokens. */
const VERTEX_TRIGGER = { least: 5000, most: 128_000 };

/** Documented defaults: compress at 80 % of the window, down to half of that. */
function readCompression(
  setup: Setup,
  { contextWindow }: ModelProfile,
  { backend }: Endpoint,
): SessionSettings['compression'] {
  const asked = setup.contextWindowCompression;
  if (!asked) return null;
  const triggerTokens = asked.triggerTokens ?? Math.floor(contextWindow * 0.8);
  const targetTokens = asked.slidingWindow?.targetTokens ?? Math.floor(triggerTokens / 2);
  const { least, most } = backend === 'vertex' ? VERTEX_TRIGGER : { least: 1, most: contextWindow };
  if (triggerTokens < least || triggerTokens > Math.min(most, contextWindow)) {
    throw invalidArgument(`trigger_tokens must be from ${least} to ${Math.min(most, contextWindow)}.`);
  }
  if (targetTokens >= triggerTokens) throw invalidArgument('target_tokens must be less than trigger_tokens.');
  return { triggerTokens, targetTokens };
}
