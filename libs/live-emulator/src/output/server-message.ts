import type { Backend } from '../models/backend.ts';
import type { FunctionCall } from '../session/open-calls.ts';
import type { GroundingMetadata } from './grounding.ts';
import type { UsageMetadata } from './usage.ts';

/** Why a turn ended otherwise than by an answer. */
export type TurnCompleteReason = 'NEED_MORE_INPUT' | 'MALFORMED_FUNCTION_CALL';

interface Transcription {
  readonly text?: string;
  readonly finished?: true;
}

interface ModelTurn {
  readonly role?: 'model';
  readonly parts: readonly (
    | { readonly text: string; readonly thought?: true }
    | { readonly inlineData: { readonly mimeType: string; readonly data: string } }
  )[];
}

interface ServerContent {
  readonly modelTurn?: ModelTurn;
  readonly inputTranscription?: Transcription;
  readonly outputTranscription?: Transcription;
  readonly interrupted?: true;
  readonly generationComplete?: true;
  readonly turnComplete?: true;
  readonly groundingMetadata?: GroundingMetadata;
  readonly turnCompleteReason?: TurnCompleteReason;
  readonly waitingForInput?: true;
  readonly interactionStatus?: 'IN_PROGRESS' | 'IDLE';
}

/** A message of the service. Its fields are no strict alternatives: several may come together. */
export interface ServerMessage {
  readonly setupComplete?: { readonly sessionId?: string };
  readonly serverContent?: ServerContent;
  readonly toolCall?: { readonly functionCalls: readonly FunctionCall[] };
  readonly toolCallCancellation?: { readonly ids: readonly string[] };
  readonly usageMetadata?: UsageMetadata;
  readonly voiceActivity?: { readonly type: string; readonly audioOffset: string };
  readonly sessionResumptionUpdate?: {
    readonly newHandle: string;
    readonly resumable: boolean;
    readonly lastConsumedClientMessageIndex?: string;
  };
  readonly goAway?: { readonly timeLeft: string };
}

/** Makes every message that the emulator sends, in the dialect of its backend. */
export class ServerMessages {
  readonly #backend: Backend;
  readonly #marksFinished: boolean;

  /** @param marksFinished whether the end of each transcription is marked, as the service did once and its types still say */
  constructor(backend: Backend, marksFinished = false) {
    this.#backend = backend;
    this.#marksFinished = marksFinished;
  }

  setupComplete(sessionId: string): ServerMessage {
    return { setupComplete: this.#backend === 'vertex' ? { sessionId } : {} };
  }

  inputTranscription(text: string): ServerMessage {
    return { serverContent: { inputTranscription: { text } } };
  }

  /** Vertex AI alone sends an empty transcription ahead of a spoken answer. */
  get sendsEmptyTranscription(): boolean {
    return this.#backend === 'vertex';
  }

  /** Without text this is the empty transcription that Vertex AI sends ahead. */
  outputTranscription(text?: string): ServerMessage {
    return { serverContent: { outputTranscription: text === undefined ? {} : { text } } };
  }

  /** What ends a transcription: nothing, unless it is to be marked. */
  finished(transcription: 'inputTranscription' | 'outputTranscription'): ServerMessage[] {
    return this.#marksFinished ? [{ serverContent: { [transcription]: { finished: true } } }] : [];
  }

  /** PCM at 24 kHz, with the text that goes with it where the model puts both into one message. */
  audio(pcm: Buffer, transcription?: string): ServerMessage {
    const mimeType = this.#backend === 'vertex' ? 'audio/pcm' : 'audio/pcm;rate=24000';
    return {
      serverContent: {
        modelTurn: this.#modelTurn([{ inlineData: { mimeType, data: pcm.toString('base64') } }]),
        ...(transcription === undefined ? {} : { outputTranscription: { text: transcription } }),
      },
    };
  }

  text(text: string): ServerMessage {
    return { serverContent: { modelTurn: this.#modelTurn([{ text }]) } };
  }

  thought(text: string): ServerMessage {
    return { serverContent: { modelTurn: this.#modelTurn([{ text, thought: true }]) } };
  }

  toolCall(functionCalls: readonly FunctionCall[]): ServerMessage {
    return { toolCall: { functionCalls } };
  }

  /** Vertex AI alone says behind a call that generation is complete. */
  get completesGenerationBehindCalls(): boolean {
    return this.#backend === 'vertex';
  }

  generationComplete(grounding?: GroundingMetadata): ServerMessage {
    const metadata = grounding === undefined ? {} : { groundingMetadata: grounding };
    return { serverContent: { ...metadata, generationComplete: true } };
  }

  grounding(groundingMetadata: GroundingMetadata): ServerMessage {
    return { serverContent: { groundingMetadata } };
  }

  /** `cancelled`: calls that nobody waits for any more; they come in the same message where the model bundles. */
  interrupted(cancelled: readonly string[], bundled: boolean): ServerMessage[] {
    const interrupted: ServerMessage = { serverContent: { interrupted: true } };
    if (cancelled.length === 0) return [interrupted];
    const cancellation: ServerMessage = { toolCallCancellation: { ids: cancelled } };
    return bundled ? [{ ...interrupted, ...cancellation }] : [interrupted, cancellation];
  }

  turnComplete(
    usage: UsageMetadata,
    {
      reason,
      status,
    }: { reason?: TurnCompleteReason | undefined; status?: 'IN_PROGRESS' | 'IDLE' | undefined } = {},
  ): ServerMessage {
    return {
      serverContent: {
        turnComplete: true,
        ...(reason === undefined ? {} : { turnCompleteReason: reason }),
        ...(reason === 'NEED_MORE_INPUT' ? { waitingForInput: true } : {}),
        ...(status === undefined ? {} : { interactionStatus: status }),
      },
      usageMetadata: usage,
    };
  }

  voiceActivity(type: 'ACTIVITY_START' | 'ACTIVITY_END', offsetMs: number): ServerMessage {
    return { voiceActivity: { type, audioOffset: duration(offsetMs) } };
  }

  resumable(handle: string, lastConsumedIndex?: number): ServerMessage {
    const index =
      lastConsumedIndex === undefined ? {} : { lastConsumedClientMessageIndex: String(lastConsumedIndex) };
    return { sessionResumptionUpdate: { newHandle: handle, resumable: true, ...index } };
  }

  notResumable(): ServerMessage {
    return { sessionResumptionUpdate: { newHandle: '', resumable: false } };
  }

  goAway(leftMs: number): ServerMessage {
    return { goAway: { timeLeft: duration(leftMs) } };
  }

  #modelTurn(parts: ModelTurn['parts']): ModelTurn {
    return this.#backend === 'vertex' ? { role: 'model', parts } : { parts };
  }
}

/** A duration as Protocol Buffers write it in JSON. */
function duration(ms: number): string {
  return `${Math.round(ms) / 1000}s`;
}
