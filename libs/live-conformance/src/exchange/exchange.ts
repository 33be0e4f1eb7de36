import type { LiveServerMessage, Part, UsageMetadata } from '@google/genai';
import type { Kind } from './kinds.ts';
import { kindsOf } from './kinds.ts';

/** Why a connection ended: the close frame. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
  /** When, in milliseconds of the service's time since the connection was asked for. */
  readonly at: number;
}

/** A message as the client got it, and when, in milliseconds of the service's time since the connection was asked for. */
export interface Received {
  readonly message: LiveServerMessage;
  readonly kinds: readonly Kind[];
  readonly at: number;
}

/** A frame as it came over the wire. */
export interface Frame {
  readonly text: string;
  readonly binary: boolean;
}

/** 24 kHz, 16 bits: bytes of voice in a second. */
const VOICE_BYTES_PER_SECOND = 48_000;

/** Everything that came back over one connection. */
export class Exchange {
  readonly received: Received[] = [];
  readonly frames: Frame[] = [];
  ending: Ending | null = null;
  /** Why the connection never came to be, in the words of the SDK or of the HTTP answer. */
  failure: string | null = null;

  add(message: LiveServerMessage, at: number): void {
    this.received.push({ message, kinds: kindsOf(message), at });
  }

  get messages(): readonly LiveServerMessage[] {
    return this.received.map(({ message }) => message);
  }

  /** Every kind in the order in which it came; a run of equal ones, or of equal bundles, counts once. */
  get kinds(): readonly Kind[] {
    return this.received
      .filter(({ kinds }, index) => kinds.join() !== this.received[index - 1]?.kinds.join())
      .flatMap(({ kinds }) => kinds);
  }

  /** The kinds message by message, as in `turnComplete+usage`; a run of equal ones counts once. */
  get shape(): readonly string[] {
    return this.received
      .map(({ kinds }) => kinds.join('+'))
      .filter((shape, index, shapes) => shape !== shapes[index - 1]);
  }

  count(kind: Kind): number {
    return this.received.filter(({ kinds }) => kinds.includes(kind)).length;
  }

  /** When a kind came, in milliseconds of the service's time, each time. */
  times(kind: Kind): readonly number[] {
    return this.received.filter(({ kinds }) => kinds.includes(kind)).map(({ at }) => at);
  }

  /** What came of one turn, the first being 0. */
  turn(index: number): Exchange {
    const turn = new Exchange();
    let complete = 0;
    for (const received of this.received) {
      if (complete === index) turn.received.push(received);
      if (received.kinds.includes('turnComplete')) complete += 1;
    }
    return turn;
  }

  get parts(): readonly Part[] {
    return this.messages.flatMap((message) => message.serverContent?.modelTurn?.parts ?? []);
  }

  /** The lengths of the chunks of voice, in bytes. */
  get audioChunks(): readonly number[] {
    return this.parts.flatMap(({ inlineData }) =>
      inlineData?.data === undefined ? [] : [Buffer.from(inlineData.data, 'base64').length],
    );
  }

  get spokenSeconds(): number {
    return this.audioChunks.reduce((sum, bytes) => sum + bytes, 0) / VOICE_BYTES_PER_SECOND;
  }

  get writtenText(): string {
    return this.parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join('');
  }

  get spokenText(): string {
    return this.messages.map((message) => message.serverContent?.outputTranscription?.text ?? '').join('');
  }

  /** What was answered, by voice or in text. */
  get answer(): string {
    return this.spokenText + this.writtenText;
  }

  get heardText(): string {
    return this.messages.map((message) => message.serverContent?.inputTranscription?.text ?? '').join('');
  }

  get usages(): readonly UsageMetadata[] {
    return this.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
  }

  get calls() {
    return this.messages.flatMap(({ toolCall }) => toolCall?.functionCalls ?? []);
  }

  /** The latest handle that the session can be resumed with. */
  get handle(): string | undefined {
    return this.messages
      .flatMap(({ sessionResumptionUpdate: update }) => (update?.resumable ? [update.newHandle] : []))
      .at(-1);
  }
}
