import {
  ActivityHandling,
  EndSensitivity,
  MediaResolution,
  Modality,
  StartSensitivity,
  ThinkingLevel,
  TurnCoverage,
} from '@google/genai';
import type { FunctionDeclaration, LiveConnectConfig, RealtimeInputConfig, Tool } from '@google/genai';
import { liveModel } from '@studio/contracts';
import type { LiveInfo, LiveModel, LiveSettings, VoiceActivitySettings } from '@studio/contracts';

export interface ConnectSettings {
  settings: LiveSettings;
  /** What rooms that choose nothing have, and where the session goes. */
  studio: Pick<LiveInfo, 'service' | 'apiVersion' | 'model' | 'voice'>;
  /** All that Gemini is told about its part. */
  instruction: string;
  /** The functions that it may call. */
  functions: FunctionDeclaration[];
}

const RESOLUTION = {
  low: MediaResolution.MEDIA_RESOLUTION_LOW,
  medium: MediaResolution.MEDIA_RESOLUTION_MEDIUM,
  high: MediaResolution.MEDIA_RESOLUTION_HIGH,
};
const LEVEL = {
  minimal: ThinkingLevel.MINIMAL,
  low: ThinkingLevel.LOW,
  medium: ThinkingLevel.MEDIUM,
  high: ThinkingLevel.HIGH,
};
const HANDLING = {
  interrupts: ActivityHandling.START_OF_ACTIVITY_INTERRUPTS,
  'no-interruption': ActivityHandling.NO_INTERRUPTION,
};
const COVERAGE = {
  'only-activity': TurnCoverage.TURN_INCLUDES_ONLY_ACTIVITY,
  'all-input': TurnCoverage.TURN_INCLUDES_ALL_INPUT,
  'activity-and-all-video': TurnCoverage.TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO,
};
const START = { high: StartSensitivity.START_SENSITIVITY_HIGH, low: StartSensitivity.START_SENSITIVITY_LOW };
const END = { high: EndSensitivity.END_SENSITIVITY_HIGH, low: EndSensitivity.END_SENSITIVITY_LOW };

/**
 * What a session is asked for, apart from the handle to go on from. An option that people leave to the model, or that is what the model
 * does anyway, is not sent: many models refuse the mere mention of what they do not have. The settings have been found to be without
 * problems before.
 */
export function connectConfig({
  settings,
  studio,
  instruction,
  functions,
}: ConnectSettings): LiveConnectConfig {
  const model = liveModel(settings.model ?? studio.model, studio.service);
  const { modality, transcription, temperature, mediaResolution, thinking, compression } = settings;
  const speaks = modality === 'AUDIO';
  const tools = toolsOf(settings, functions);
  return {
    responseModalities: [Modality[modality]],
    // A session that answers in writing refuses a voice.
    ...(speaks && { speechConfig: speechConfig(settings, studio.voice) }),
    ...(temperature !== null && { temperature }),
    ...(mediaResolution !== null && { mediaResolution: RESOLUTION[mediaResolution] }),
    ...((thinking.budget !== null || thinking.level !== null) && {
      thinkingConfig: thinkingConfig(thinking),
    }),
    ...character(settings, model, studio),
    systemInstruction: instruction,
    ...(tools.length > 0 && { tools }),
    ...(transcription.input && { inputAudioTranscription: {} }),
    ...(transcription.output && speaks && { outputAudioTranscription: {} }),
    realtimeInputConfig: realtimeInput(settings),
    ...(compression !== null && {
      contextWindowCompression: {
        triggerTokens: `${compression.triggerTokens}`,
        slidingWindow: { targetTokens: `${compression.targetTokens}` },
      },
    }),
  };
}

function speechConfig(
  { voice, language }: LiveSettings,
  usual: string,
): NonNullable<LiveConnectConfig['speechConfig']> {
  return {
    voiceConfig: { prebuiltVoiceConfig: { voiceName: voice ?? usual } },
    ...(language !== null && { languageCode: language }),
  };
}

function thinkingConfig({ budget, level }: LiveSettings['thinking']): LiveConnectConfig['thinkingConfig'] {
  return {
    ...(budget !== null && { thinkingBudget: budget }),
    ...(level !== null && { thinkingLevel: LEVEL[level] }),
  };
}

/** Proactive audio and affective dialog: `false` is sent only where there is something to be switched off. */
function character(
  { proactiveAudio, affectiveDialog }: LiveSettings,
  model: LiveModel | undefined,
  { service, apiVersion }: ConnectSettings['studio'],
): Pick<LiveConnectConfig, 'proactivity' | 'enableAffectiveDialog'> {
  const optional = service === 'vertex' || apiVersion === 'v1alpha';
  const proactive = model === undefined || (model.proactiveAudio === 'optional' && optional);
  const affective =
    model === undefined ||
    (model.affectiveDialog === 'optional' && optional) ||
    (model.affectiveDialog === 'vertex-only' && service === 'vertex');
  return {
    ...(proactive && proactiveAudio !== null && { proactivity: { proactiveAudio } }),
    ...(affective && affectiveDialog !== null && { enableAffectiveDialog: affectiveDialog }),
  };
}

function toolsOf({ grounding }: LiveSettings, functionDeclarations: FunctionDeclaration[]): Tool[] {
  return [
    ...(grounding ? [{ googleSearch: {} }] : []),
    ...(functionDeclarations.length > 0 ? [{ functionDeclarations }] : []),
  ];
}

/** With one speaker at a time we tell when they begin and end; a mix of voices Gemini listens to by itself. */
function realtimeInput({ floor, voiceActivity }: LiveSettings): RealtimeInputConfig {
  const { handling, turnCoverage } = voiceActivity;
  return {
    automaticActivityDetection: floor === 'mix' ? detection(voiceActivity) : { disabled: true },
    activityHandling: HANDLING[handling],
    ...(turnCoverage !== null && { turnCoverage: COVERAGE[turnCoverage] }),
  };
}

function detection(
  settings: VoiceActivitySettings,
): NonNullable<RealtimeInputConfig['automaticActivityDetection']> {
  const { startSensitivity, endSensitivity, prefixPaddingMs, silenceMs } = settings;
  return {
    disabled: false,
    ...(startSensitivity !== 'default' && { startOfSpeechSensitivity: START[startSensitivity] }),
    ...(endSensitivity !== 'default' && { endOfSpeechSensitivity: END[endSensitivity] }),
    prefixPaddingMs,
    silenceDurationMs: silenceMs,
  };
}
