import { Behavior, Type } from '@google/genai';
import type { FunctionDeclaration, LiveConnectConfig } from '@google/genai';

/** A function with one text as its argument. */
export const saveNote: FunctionDeclaration = {
  name: 'save_note',
  description: 'Keeps a note of the conversation',
  parameters: {
    type: Type.OBJECT,
    properties: { text: { type: Type.STRING, description: 'What to keep' } },
    required: ['text'],
  },
};

export const NOTE = 'the launch is in November';
/** Words with which any model calls the function. */
export const PLEASE_SAVE = `Ana: Please call save_note {"text": "${NOTE}"}`;

export function withFunctions(...functionDeclarations: FunctionDeclaration[]): LiveConnectConfig {
  return { outputAudioTranscription: {}, tools: [{ functionDeclarations }] };
}

export const blocking = { ...saveNote, behavior: Behavior.BLOCKING };
export const nonBlocking = { ...saveNote, behavior: Behavior.NON_BLOCKING };
