import type { FunctionCall, GroundingMetadata, LiveServerMessage, Part, UsageMetadata } from '@google/genai';

/** What the service says, one thing at a time. */
export type ServerEvent =
  /** What is being said was stopped by new input: the rest of it does not come. */
  | { type: 'interrupted' }
  /** A part of what the room says, as text. */
  | { type: 'inputText'; text: string }
  /** PCM, 16-bit little-endian mono, at `rate` Hz. */
  | { type: 'audio'; pcm: Uint8Array; rate: number }
  /** A part of what Gemini says, as text. */
  | { type: 'outputText'; text: string }
  /** Everything of this turn was sent; it may still be playing. */
  | { type: 'generationComplete' }
  | { type: 'turnComplete' }
  /** Gemini wants these functions to be called, and waits for their answers or goes on meanwhile. */
  | { type: 'toolCall'; calls: FunctionCall[] }
  /** Nobody waits for the answers to these calls any more. */
  | { type: 'toolCallCancellation'; ids: string[] }
  /** Where Gemini found on the web what it says in this turn. */
  | { type: 'grounding'; metadata: GroundingMetadata }
  /** What has been used, of one turn or of more: not to be summed blindly. */
  | { type: 'usage'; usage: UsageMetadata }
  /** From here a new connection can go on. */
  | { type: 'handle'; handle: string }
  /** The connection will be cut. */
  | { type: 'goAway'; timeLeftMs: number };

/** The rate of the service's audio when a message does not say it. */
const OUTPUT_RATE = 24_000;

/**
 * Takes a message apart: several fields come together in one. An interruption stands first, and audio beside it is of the turn that was
 * interrupted, so it is left out.
 */
export function serverEvents(message: LiveServerMessage): ServerEvent[] {
  const events: ServerEvent[] = [];
  const content = message.serverContent;
  if (content?.interrupted === true) events.push({ type: 'interrupted' });
  if (content?.inputTranscription?.text)
    events.push({ type: 'inputText', text: content.inputTranscription.text });
  if (content?.interrupted !== true)
    for (const part of content?.modelTurn?.parts ?? []) events.push(...audioOf(part));
  const written = writtenIn(content?.modelTurn?.parts ?? []);
  if (written !== '') events.push({ type: 'outputText', text: written });
  if (content?.outputTranscription?.text)
    events.push({ type: 'outputText', text: content.outputTranscription.text });
  if (content?.groundingMetadata !== undefined)
    events.push({ type: 'grounding', metadata: content.groundingMetadata });
  if (message.toolCallCancellation?.ids !== undefined)
    events.push({ type: 'toolCallCancellation', ids: message.toolCallCancellation.ids });
  if (message.toolCall?.functionCalls !== undefined)
    events.push({ type: 'toolCall', calls: message.toolCall.functionCalls });
  if (content?.generationComplete === true) events.push({ type: 'generationComplete' });
  if (message.usageMetadata !== undefined) events.push({ type: 'usage', usage: message.usageMetadata });
  if (content?.turnComplete === true) events.push({ type: 'turnComplete' });
  const update = message.sessionResumptionUpdate;
  if (update?.resumable === true && update.newHandle)
    events.push({ type: 'handle', handle: update.newHandle });
  if (message.goAway !== undefined)
    events.push({ type: 'goAway', timeLeftMs: milliseconds(message.goAway.timeLeft) });
  return events;
}

/** The words of a session that answers in writing: thoughts are not for people, and words beside a voice are its transcription anyway. */
function writtenIn(parts: readonly Part[]): string {
  if (parts.some(({ inlineData }) => inlineData !== undefined)) return '';
  return parts.map(({ text, thought }) => (thought === true ? '' : (text ?? ''))).join('');
}

function audioOf(part: Part): ServerEvent[] {
  const { mimeType, data } = part.inlineData ?? {};
  if (data === undefined || mimeType?.startsWith('audio/pcm') !== true) return [];
  const rate = /;\s*rate=(\d+)/.exec(mimeType)?.[1];
  return [
    {
      type: 'audio',
      pcm: Buffer.from(data, 'base64'),
      rate: rate === undefined ? OUTPUT_RATE : Number(rate),
    },
  ];
}

/** A duration as Protocol Buffers write it in JSON: seconds with an "s". What cannot be read counts as no time. */
function milliseconds(duration: string | undefined): number {
  const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(duration ?? '')?.[1]);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
