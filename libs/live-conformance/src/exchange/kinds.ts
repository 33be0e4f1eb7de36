import type { LiveServerMessage } from '@google/genai';

/** What a message of the service carries, in the order in which a client has to handle it. */
export const KINDS = [
  'setupComplete',
  'interrupted',
  'voiceActivity',
  'heard',
  'thought',
  'code',
  'model',
  'transcript',
  'grounding',
  'toolCall',
  'toolCallCancellation',
  'waitingForInput',
  'generationComplete',
  'turnComplete',
  'interactionStatus',
  'usage',
  'resumable',
  'notResumable',
  'goAway',
] as const;
export type Kind = (typeof KINDS)[number];

/** The kinds of one message; the service may put several into one. `model` is voice or text that is no thought. */
export function kindsOf(message: LiveServerMessage): Kind[] {
  const content = message.serverContent;
  const parts = content?.modelTurn?.parts ?? [];
  const update = message.sessionResumptionUpdate;
  const found: Record<Kind, boolean> = {
    setupComplete: message.setupComplete !== undefined,
    interrupted: content?.interrupted === true,
    voiceActivity: message.voiceActivity !== undefined || message.voiceActivityDetectionSignal !== undefined,
    heard: content?.inputTranscription !== undefined,
    thought: parts.some((part) => part.thought === true),
    code: parts.some((part) => part.executableCode !== undefined || part.codeExecutionResult !== undefined),
    model: parts.some(
      (part) => part.inlineData !== undefined || (part.text !== undefined && part.thought !== true),
    ),
    transcript: content?.outputTranscription !== undefined,
    grounding: content?.groundingMetadata !== undefined,
    toolCall: message.toolCall !== undefined,
    toolCallCancellation: message.toolCallCancellation !== undefined,
    waitingForInput: content?.waitingForInput === true,
    generationComplete: content?.generationComplete === true,
    turnComplete: content?.turnComplete === true,
    interactionStatus: content?.interactionStatus !== undefined,
    usage: message.usageMetadata !== undefined,
    resumable: update?.resumable === true,
    notResumable: update !== undefined && update.resumable !== true,
    goAway: message.goAway !== undefined,
  };
  return KINDS.filter((kind) => found[kind]);
}
