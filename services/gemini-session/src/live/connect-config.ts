import { ActivityHandling, Modality } from '@google/genai';
import type { FunctionDeclaration, LiveConnectConfig } from '@google/genai';

/**
 * The context is trimmed to 16,000 tokens when it reaches 32,000, long before the model's window is full: the whole context is billed anew
 * with every turn, and without any compression a session ends after 15 minutes.
 */
const COMPRESSION = { triggerTokens: '32000', slidingWindow: { targetTokens: '16000' } };

const INSTRUCTION = `You are Gemini, a participant in a meeting of several people who think something through together.
Everybody hears your voice and reads what you say. Be a good colleague: helpful, concise, to the point.
A text in parentheses such as "(Ana is speaking)" tells you whose voice comes next; never read such a line out or answer it.
A text such as "Ana: Good morning" was typed by Ana. Address people by name when it helps.
Pictures come from a shared screen, or from the camera of the person who speaks.`;

export interface ConnectSettings {
  voice: string;
  /** Goes on from there; undefined begins a new session. */
  handle: string | undefined;
  /** What Gemini may call. */
  functions: FunctionDeclaration[];
}

/**
 * What a session is asked for. Only what every Live model takes: options that some models refuse (thinking, affective dialog, proactive
 * audio) stay away. Voice activity is told by us, because the service hears the floor holder only.
 */
export function connectConfig({ voice, handle, functions }: ConnectSettings): LiveConnectConfig {
  return {
    responseModalities: [Modality.AUDIO],
    speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } },
    systemInstruction: INSTRUCTION,
    ...(functions.length > 0 && { tools: [{ functionDeclarations: functions }] }),
    inputAudioTranscription: {},
    outputAudioTranscription: {},
    realtimeInputConfig: {
      automaticActivityDetection: { disabled: true },
      activityHandling: ActivityHandling.START_OF_ACTIVITY_INTERRUPTS,
    },
    contextWindowCompression: COMPRESSION,
    sessionResumption: handle === undefined ? {} : { handle },
  };
}
