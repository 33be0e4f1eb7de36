import type { Logger } from '@studio/platform';
import type { ContextTurn } from './conversation-context.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import { HandleTrust } from './handle-trust.ts';
import { LiveConnectError } from './live-connection.ts';
import type { ConnectionEnd, LiveConnection, LiveListener } from './live-connection.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { ServerEvent } from './server-event.ts';

/** After so many failures in a row, people are told that Gemini cannot be reached; trying goes on. */
const PATIENCE = 4;
/** A connection that will be cut is replaced at the latest this long before. */
const BEFORE_CUT_MS = 5_000;

/** The state of the connection; what goes on in the conversation is told by `Turns`. */
export type LinkState = 'idle' | 'connecting' | 'ready' | 'reconnecting' | 'unavailable';

export interface LiveSessionOptions {
  /** Gives up when `signal` is aborted. */
  connect(handle: string | undefined, listener: LiveListener, signal: AbortSignal): Promise<LiveConnection>;
  /** What a new session must know first. */
  context(): Promise<readonly ContextTurn[]>;
  /** The connection is ready: what Gemini has not answered yet may be sent. */
  onReady(connection: LiveConnection): void;
  onEvent(event: ServerEvent): void;
  /** The connection is gone: what was being said ends here. */
  onLost(): void;
  onLink(link: LinkState, reason: string | null): void;
  /** The memory of the former session was lost, and what people should know about it. */
  onNewMemory(text: string): void;
  /** Nobody speaks and nothing is being answered: a good moment to change the connection. */
  settled(): boolean;
  refusedRetryMs: number;
  logger: Logger;
}

/**
 * One conversation with Gemini over as many connections as it takes: connects, changes the connection before it is cut, comes back after a
 * loss where the conversation stood, and tells people when it cannot.
 */
export class LiveSession {
  private readonly options: LiveSessionOptions;
  private readonly trust = new HandleTrust();
  private current: LiveConnection | undefined;
  private connectedAt = 0;
  private failures = 0;
  /** A session has been there before: a new one has lost its memory. */
  private remembered = false;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private cut: { timer: NodeJS.Timeout } | undefined;
  private wake = Promise.withResolvers<void>();

  constructor(options: LiveSessionOptions) {
    this.options = options;
  }

  /** The connection that can be used now. */
  get connection(): LiveConnection | undefined {
    return this.current;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Resolves when no socket is left. It does not start again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake.resolve();
    await this.running;
  }

  /** Something has come to rest: a change of the connection that waits for it may take place. */
  settle(): void {
    if (this.cut !== undefined && this.options.settled()) this.wake.resolve();
  }

  private get wanted(): boolean {
    return !this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    this.options.onLink('connecting', null);
    while (this.wanted) {
      const end = await this.connectAndServe();
      if (!this.wanted) break;
      await this.waitAfter(end);
    }
    this.options.onLink('idle', null);
  }

  /** Resolves with the failure, or undefined when the connection was changed on purpose. */
  private async connectAndServe(): Promise<ConnectionEnd | undefined> {
    const { handle } = this.trust;
    this.wake = Promise.withResolvers();
    const ended = Promise.withResolvers<ConnectionEnd>();
    let connection: LiveConnection;
    try {
      const listener: LiveListener = {
        onEvent: (event) => this.take(event),
        onEnd: (end) => ended.resolve(end),
        onListenerError: (error) =>
          this.options.logger.error({ err: error }, 'an event of the Live session could not be used'),
      };
      connection = await this.options.connect(handle, listener, this.stopping.signal);
    } catch (error) {
      const end = endOf(error);
      if (handle !== undefined && this.trust.endedAfter(0)) return undefined;
      return end;
    }
    return this.serve(connection, handle !== undefined, ended.promise);
  }

  private async serve(
    connection: LiveConnection,
    resumed: boolean,
    ended: Promise<ConnectionEnd>,
  ): Promise<ConnectionEnd | undefined> {
    this.connectedAt = performance.now();
    if (this.wanted && !resumed) await this.introduce(connection);
    if (this.wanted) {
      this.current = connection;
      this.options.onLink('ready', null);
      this.options.onReady(connection);
    }
    const end = await Promise.race([ended, this.wake.promise]);
    this.current = undefined;
    clearTimeout(this.cut?.timer);
    this.cut = undefined;
    this.options.onLost();
    const livedMs = performance.now() - this.connectedAt;
    if (end === undefined) {
      await connection.close();
      return undefined;
    }
    if (resumed) this.trust.endedAfter(livedMs);
    // One that lived is a loss, not a failure: the way back is tried at once.
    if (livedMs > 1_000) this.failures = 0;
    return end;
  }

  /** Tells a new session what was said before. */
  private async introduce(connection: LiveConnection): Promise<void> {
    try {
      const context = await this.options.context();
      if (context.length > 0) connection.sendContext(context);
    } catch (error) {
      this.options.logger.warn({ err: error }, 'the Live session begins without the conversation so far');
    }
    if (this.remembered)
      this.options.onNewMemory(
        'Gemini had to begin a new session. It knows the latest part of this conversation, not all of it.',
      );
    this.remembered = true;
  }

  private take(event: ServerEvent): void {
    if (event.type === 'handle') this.trust.renew(event.handle);
    else if (event.type === 'goAway') this.prepareChange(event.timeLeftMs);
    else this.options.onEvent(event);
  }

  private prepareChange(timeLeftMs: number): void {
    clearTimeout(this.cut?.timer);
    const wake = this.wake;
    this.cut = { timer: setTimeout(() => wake.resolve(), Math.max(0, timeLeftMs - BEFORE_CUT_MS)) };
    this.settle();
  }

  private async waitAfter(end: ConnectionEnd | undefined): Promise<void> {
    if (end === undefined) {
      this.options.onLink('reconnecting', null);
      return;
    }
    this.failures++;
    const failure = failureOf(end);
    const refused = failure.kind === 'refused' && this.trust.handle === undefined;
    const delay = refused ? this.options.refusedRetryMs : retryDelayMs(this.failures, Math.random());
    this.report(failure, refused, end.code);
    await this.sleep(this.failures === 1 && !refused ? 0 : delay);
  }

  private report(failure: Failure, refused: boolean, code: number | undefined): void {
    const { onLink, logger } = this.options;
    logger.warn({ reason: failure.reason, code, failures: this.failures }, 'no connection to Gemini');
    if (refused || this.failures >= PATIENCE) onLink('unavailable', failure.reason);
    else onLink('reconnecting', null);
  }

  /** Ends early when the session is stopped. */
  private async sleep(ms: number): Promise<void> {
    this.wake = Promise.withResolvers();
    if (!this.wanted) return;
    const timer = setTimeout(this.wake.resolve, ms);
    await this.wake.promise;
    clearTimeout(timer);
  }
}

function endOf(error: unknown): ConnectionEnd {
  if (error instanceof LiveConnectError) return error.end;
  return { code: undefined, detail: error instanceof Error ? error.message : String(error) };
}
