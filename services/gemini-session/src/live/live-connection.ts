import { LiveSendToolResponseParameters } from '@google/genai';
import type { FunctionResponse, LiveConnectConfig, LiveServerMessage, Session } from '@google/genai';
import type { Clock } from '../clock.ts';
import { AnswerWatch } from './answer-watch.ts';
import type { AnswerLimits } from './answer-watch.ts';
import type { GenAiClient } from './genai-client.ts';
import type { ContextTurn } from './conversation-context.ts';
import { LiveSocketFactory } from './live-socket.ts';
import { serverEvents } from './server-event.ts';
import type { ServerEvent } from './server-event.ts';

/** How long the service may take to answer a closing handshake: nobody is heard until then. */
const CLOSE_MS = 300;
/** A socket of which nothing leaves for so long, although there is something to send, takes nothing any more. */
const BLOCKED_MS = 5_000;

/**
 * More than this waits only for a service that takes nothing any more, which TCP notices after many minutes. What is said again on a new
 * connection may be 7 MB at once.
 */
const MOST_UNSENT_BYTES = 16 * 1024 * 1024;

/** Why a connection ended or did not come about. `detail` may hold addresses: it is for judging only, never shown or logged. */
export interface ConnectionEnd {
  code: number | undefined;
  detail: string;
  /** We gave up waiting for the service. */
  slow: boolean;
  /** In plain words, when nothing was asked of the service because it would have refused. */
  refusal?: string;
}

export class LiveConnectError extends Error {
  override readonly name = 'LiveConnectError';
  readonly end: ConnectionEnd;

  constructor(end: ConnectionEnd) {
    super('the Live connection could not be made');
    this.end = end;
  }
}

export interface LiveListener {
  onEvent(event: ServerEvent): void;
  /** Once, when a connection that was ready has ended, whoever ended it. */
  onEnd(end: ConnectionEnd): void;
  /** The listener failed on an event; the connection goes on. */
  onListenerError(error: unknown): void;
}

export interface ConnectOptions {
  model: string;
  config: LiveConnectConfig;
  deadlineMs: number;
  limits: AnswerLimits;
  clock: Clock;
  /** Aborted: connecting is given up. */
  signal: AbortSignal;
}

/** One connection to the Live API, ready for use. Sending never waits. */
export class LiveConnection {
  /** The service finds speech by itself, and must not be told of it. */
  readonly findsSpeech: boolean;
  private session: Session | undefined;
  private ended = false;
  private readonly sockets: LiveSocketFactory;
  private readonly listener: LiveListener;
  private readonly whenEnded = Promise.withResolvers<undefined>();
  private lastEnd: ConnectionEnd = { code: undefined, detail: '', slow: false };
  private readonly clock: Clock;
  private readonly watch: AnswerWatch;
  private unsent = 0;
  private blockedSince: number | undefined;

  private constructor(listener: LiveListener, { config, deadlineMs, limits, clock }: ConnectOptions) {
    this.findsSpeech = config.realtimeInputConfig?.automaticActivityDetection?.disabled !== true;
    this.listener = listener;
    this.sockets = new LiveSocketFactory(deadlineMs);
    this.clock = clock;
    this.watch = new AnswerWatch(limits);
  }

  /** Resolves when the service has accepted the session. @throws LiveConnectError; then no socket is left open */
  static async open(
    client: GenAiClient,
    options: ConnectOptions,
    listener: LiveListener,
  ): Promise<LiveConnection> {
    const connection = new LiveConnection(listener, options);
    const givenUp = Promise.withResolvers<never>();
    const giveUp = () => givenUp.reject(new Error('connecting was given up'));
    let slow = false;
    const cancel = options.clock.after(options.deadlineMs, () => {
      slow = true;
      giveUp();
    });
    options.signal.addEventListener('abort', giveUp);
    try {
      options.signal.throwIfAborted();
      connection.session = await Promise.race([connection.connect(client, options), givenUp.promise]);
      // It may have ended while the promise was on its way, when nobody could be told.
      if (connection.ended) throw new Error('ended at once');
      return connection;
    } catch (error) {
      connection.sockets.terminate();
      const detail = [error instanceof Error ? error.message : String(error), connection.lastEnd.detail].join(
        ' ',
      );
      throw new LiveConnectError({ code: connection.lastEnd.code, detail, slow });
    } finally {
      cancel();
      options.signal.removeEventListener('abort', giveUp);
    }
  }

  /** Audio for Gemini: PCM, 16-bit little-endian mono, 16 kHz. */
  sendAudio(pcm: Uint8Array): void {
    this.send((session) =>
      session.sendRealtimeInput({ audio: { data: base64(pcm), mimeType: 'audio/pcm;rate=16000' } }),
    );
  }

  sendPicture(jpeg: Uint8Array): void {
    this.send((session) =>
      session.sendRealtimeInput({ video: { data: base64(jpeg), mimeType: 'image/jpeg' } }),
    );
  }

  sendActivityStart(): void {
    this.watch.spokenTo();
    this.send((session) => session.sendRealtimeInput({ activityStart: {} }));
  }

  sendActivityEnd(): void {
    this.watch.asked(this.clock.now());
    this.send((session) => session.sendRealtimeInput({ activityEnd: {} }));
  }

  /** Stops what Gemini says: the API has no message for that, and an activity without sound is none that is answered. */
  sendInterruption(): void {
    this.sendActivityStart();
    this.send((session) => session.sendRealtimeInput({ activityEnd: {} }));
  }

  /** Text in the conversation; with `answer` Gemini stops what it says and answers, otherwise it only knows it. */
  sendText(text: string, { answer }: { answer: boolean }): void {
    if (answer) this.watch.asked(this.clock.now());
    this.send((session) =>
      session.sendClientContent({ turns: [{ role: 'user', parts: [{ text }] }], turnComplete: answer }),
    );
  }

  sendToolResponses(functionResponses: FunctionResponse[]): void {
    this.watch.responded(
      functionResponses.map(({ id }) => id),
      this.clock.now(),
    );
    const answer = Object.assign(new LiveSendToolResponseParameters(), { functionResponses });
    this.send((session) => session.sendToolResponse(answer));
  }

  /** The service's microphone has been paused: what it has heard so far is complete. For its own activity detection only. */
  sendAudioStreamEnd(): void {
    this.send((session) => session.sendRealtimeInput({ audioStreamEnd: true }));
  }

  /** What was said before this session; Gemini answers nothing to it. */
  sendContext(context: readonly ContextTurn[]): void {
    const turns = context.map(({ role, text }) => ({ role, parts: [{ text }] }));
    this.send((session) => session.sendClientContent({ turns, turnComplete: false }));
  }

  /** Whether the service answers no more, or takes nothing any more, although the socket is open. To be asked about once per second. */
  stalled(): boolean {
    const now = this.clock.now();
    const unsent = this.sockets.unsentBytes;
    if (unsent === 0 || unsent < this.unsent) this.blockedSince = undefined;
    else this.blockedSince ??= now;
    this.unsent = unsent;
    const blocked = this.blockedSince !== undefined && now - this.blockedSince > BLOCKED_MS;
    return blocked || this.watch.overdue(now);
  }

  /** Ends it at once, without a closing handshake: the service would not answer it. */
  terminate(): void {
    this.sockets.terminate();
  }

  /** Resolves when the socket has closed: the service refuses to resume a session whose connection is still there. */
  async close(): Promise<void> {
    if (this.ended) return;
    this.session?.close();
    const cancel = this.clock.after(CLOSE_MS, () => this.sockets.terminate());
    await this.whenEnded.promise;
    cancel();
  }

  private connect(client: GenAiClient, { model, config }: ConnectOptions): Promise<Session> {
    return client.connect(
      {
        model,
        config,
        callbacks: {
          onmessage: (message) => this.take(message),
          onerror: (error: { message: string }) => {
            this.lastEnd = { ...this.lastEnd, detail: error.message };
          },
          onclose: ({ code, reason }) =>
            this.end({ code, detail: `${this.lastEnd.detail} ${reason}`, slow: false }),
        },
      },
      this.sockets,
    );
  }

  private take(message: LiveServerMessage): void {
    for (const event of serverEvents(message)) {
      if (this.ended) return;
      this.watch.took(event, this.clock.now());
      try {
        this.listener.onEvent(event);
      } catch (error) {
        // Thrown further it would end the process: the SDK calls this from a promise that nobody awaits.
        this.listener.onListenerError(error);
      }
    }
  }

  private end(end: ConnectionEnd): void {
    this.lastEnd = end;
    if (this.ended) return;
    this.ended = true;
    this.whenEnded.resolve(undefined);
    if (this.session !== undefined) this.listener.onEnd(end);
  }

  private send(frame: (session: Session) => void): void {
    // The SDK drops what is sent after the end without a word; our own listener has been told of the end.
    if (this.ended || this.session === undefined) return;
    frame(this.session);
    if (this.sockets.unsentBytes > MOST_UNSENT_BYTES) this.sockets.terminate();
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
