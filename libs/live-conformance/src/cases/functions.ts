import { Behavior, Type } from '@google/genai';
import type { FunctionDeclaration, LiveConnectConfig } from '@google/genai';
import type { LiveModel } from '@studio/contracts';
import { property } from '../matching/checks.ts';

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

/** How a model calls functions that do not say it, and how it can. */
export const waits = ({ functionCalls }: LiveModel): boolean =>
  functionCalls === 'blocking' || functionCalls === 'sync-only';
export const goesOn = (model: LiveModel): boolean => !waits(model);
export const canGoOn = ({ functionCalls }: LiveModel): boolean => functionCalls !== 'sync-only';
export const canWait = ({ functionCalls }: LiveModel): boolean => functionCalls !== 'async-only';

/** What the call of the function must be like. */
export const theCall = property('calls', ({ calls }) => calls, [
  { id: /./, name: 'save_note', args: { text: NOTE } },
]);
