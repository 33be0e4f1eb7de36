import { FunctionResponse, GoogleGenAI, LiveSendToolResponseParameters } from '@google/genai';
import type {
  FunctionCall,
  GoogleGenAIOptions,
  LiveConnectConfig,
  LiveSendRealtimeInputParameters,
  Session,
} from '@google/genai';
import { bytesOf } from '@studio/audio';
import type { WebSocket } from 'ws';
import type { Exchange } from '../exchange/exchange.ts';
import type { Kind } from '../exchange/kinds.ts';
import { LineEnded } from './listener.ts';
import type { Listener } from './listener.ts';

/** Speech as cases send it: mono, 16 bits, at this rate. */
export const SPEECH_RATE = 24_000;
/** A microphone's chunk, in milliseconds. */
const CHUNK_MS = 40;

/** A connection of the real SDK. */
export class Line {
  readonly session: Session;
  readonly #listener: Listener;
  readonly #speed: number;

  private constructor(session: Session, listener: Listener, speed: number) {
    this.session = session;
    this.#listener = listener;
    this.#speed = speed;
  }

  /** @throws LineEnded when it is refused; what was said about it is in the listener's exchange. */
  static async open(
    options: GoogleGenAIOptions,
    model: string,
    config: LiveConnectConfig,
    listener: Listener,
    speed: number,
  ): Promise<Line> {
    const connecting = new GoogleGenAI(options).live.connect({
      model,
      config,
      callbacks: {
        onmessage: (message) => listener.hear(message),
        onclose: ({ code, reason }) => listener.end(code, reason),
      },
    });
    const session = await connecting.catch((error: unknown) => {
      listener.exchange.failure = error instanceof Error ? error.message : String(error);
      throw new LineEnded();
    });
    listenToFrames(session, listener.exchange);
    return new Line(session, listener, speed);
  }

  get exchange(): Exchange {
    return this.#listener.exchange;
  }

  /** A turn of the user as client content. */
  ask(text: string): void {
    this.tell(text, true);
  }

  /** Client content; without the end of the turn nothing is to be answered yet. */
  tell(text: string, turnComplete = false): void {
    this.session.sendClientContent({ turns: [{ role: 'user', parts: [{ text }] }], turnComplete });
  }

  send(input: LiveSendRealtimeInputParameters): void {
    this.session.sendRealtimeInput(input);
  }

  /** Sound as a microphone sends it: at its own pace in the service's time, or all at once to a faster clock. */
  async say(samples: Int16Array, rate = SPEECH_RATE): Promise<void> {
    const size = (rate * CHUNK_MS) / 1000;
    const startedAt = performance.now();
    for (let at = 0; at < samples.length; at += size) {
      const data = Buffer.from(bytesOf(samples.subarray(at, at + size))).toString('base64');
      this.session.sendRealtimeInput({ audio: { data, mimeType: `audio/pcm;rate=${rate}` } });
      const ahead = ((at + size) / rate) * 1000 - (performance.now() - startedAt);
      if (this.#speed === 1 && ahead > 0) await delay(ahead);
    }
  }

  /** Answers one call of a function. */
  answer(
    call: FunctionCall | undefined,
    response: Record<string, unknown>,
    more: Pick<Partial<FunctionResponse>, 'scheduling' | 'willContinue'> = {},
  ): void {
    if (!call) throw new Error('there is no call to answer');
    const { id, name } = call;
    this.respond({
      ...(id === undefined ? {} : { id }),
      ...(name === undefined ? {} : { name }),
      response,
      ...more,
    });
  }

  /** Sends answers to calls of functions. */
  respond(...responses: readonly Partial<FunctionResponse>[]): void {
    const answer = new LiveSendToolResponseParameters();
    answer.functionResponses = responses.map((response) => Object.assign(new FunctionResponse(), response));
    this.session.sendToolResponse(answer);
  }

  async turns(count: number): Promise<void> {
    await this.gets('turnComplete', count);
  }

  async gets(kind: Kind, count = 1): Promise<void> {
    await this.#listener.gets(kind, count);
  }

  async until(condition: (exchange: Exchange) => boolean): Promise<void> {
    await this.#listener.until(condition);
  }

  /** Waits until the service has ended the connection. */
  async ended(): Promise<void> {
    await this.#listener.until(({ ending }) => ending !== null);
  }

  async close(): Promise<void> {
    await this.#listener.hangUp(() => this.session.close());
  }
}

/** The SDK keeps the WebSocket under its own; it says there whether a frame was binary. */
function listenToFrames(session: Session, exchange: Exchange): void {
  const socket = Reflect.get(session.conn, 'ws') as WebSocket;
  socket.on('message', (data, binary) => {
    exchange.frames.push({ text: Buffer.isBuffer(data) ? data.toString('utf8') : '', binary });
  });
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
