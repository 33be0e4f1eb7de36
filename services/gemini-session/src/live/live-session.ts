import type { Logger } from '@studio/platform';
import type { ContextTurn } from './conversation-context.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import { HandleTrust } from './handle-trust.ts';
import type { Handle } from './handle-trust.ts';
import { LiveConnectError } from './live-connection.ts';
import type { ConnectionEnd, LiveConnection, LiveListener } from './live-connection.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { ServerEvent } from './server-event.ts';

/** After so many failures in a row, people are told that Gemini cannot be reached; trying goes on. */
const PATIENCE = 4;
/** A connection that will be cut is replaced at the latest this long before. */
const BEFORE_CUT_MS = 5_000;
/** A connection that is to be made anew with other settings goes on for this long at most. */
const RENEW_MS = 10_000;
/** A connection that ends earlier than this was none. */
const LIVED_MS = 1_000;

/** The state of the connection; what goes on in the conversation is told by `Turns`. */
export type LinkState = 'idle' | 'connecting' | 'ready' | 'reconnecting' | 'unavailable';

/** What a connection is made with; `handle` undefined begins a new session. */
export interface LiveTarget {
  model: string;
  handle: string | undefined;
}

export interface LiveSessionOptions {
  /** Gives up when `signal` is aborted. */
  connect(to: LiveTarget, listener: LiveListener, signal: AbortSignal): Promise<LiveConnection>;
  /** The model of the next connection. */
  model(): string;
  /** What the connection must know first: of a resumed session what it has missed, otherwise all. */
  context(resumed: boolean): readonly ContextTurn[];
  /** A handle with which another process could go on from here. */
  onHandle(handle: Handle): void;
  /** The connection is ready: what Gemini has not answered yet may be sent. */
  onReady(connection: LiveConnection): void;
  onEvent(event: ServerEvent): void;
  /** The connection is gone; `blamed`: what Gemini was given may be the reason. */
  onLost(blamed: boolean): void;
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
  private failures = 0;
  /** A session has been there before: a new one has lost its memory. */
  private remembered = false;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  /** Set when the connection will be cut: changes it when no better moment comes before. */
  private cut: NodeJS.Timeout | undefined;
  private wake = Promise.withResolvers<undefined>();

  constructor(options: LiveSessionOptions) {
    this.options = options;
  }

  /** The connection that can be used now. */
  get connection(): LiveConnection | undefined {
    return this.current;
  }

  /** `handle`: of the session to go on from. */
  start(handle?: Handle): void {
    this.trust.renew(handle);
    this.remembered = handle !== undefined;
    this.running ??= this.run();
  }

  /** Resolves when no socket is left. It does not start again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake.resolve(undefined);
    await this.running;
  }

  /** Something has come to rest: a change of the connection that waits for it may take place. */
  settle(): void {
    if (this.cut !== undefined && this.options.settled()) this.wake.resolve(undefined);
  }

  /** Changes the connection at the next good moment, within 10 s: it is to be made with other settings. */
  renew(): void {
    if (this.current !== undefined) this.prepareChange(RENEW_MS + BEFORE_CUT_MS);
  }

  private wanted(): boolean {
    return !this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    this.options.onLink('connecting', null);
    while (this.wanted()) {
      const end = await this.connectAndServe();
      if (!this.wanted()) break;
      await this.waitAfter(end);
    }
    this.options.onLink('idle', null);
  }

  /** Resolves with the failure, or undefined when the connection was changed on purpose. */
  private async connectAndServe(): Promise<ConnectionEnd | undefined> {
    const model = this.options.model();
    const handle = this.trust.for(model);
    this.wake = Promise.withResolvers();
    const ended = Promise.withResolvers<ConnectionEnd>();
    let connection: LiveConnection;
    let retired = false;
    try {
      const listener: LiveListener = {
        // What a connection says while it is being closed belongs to no turn any more.
        onEvent: (event) => {
          if (!retired) this.take(event, model);
        },
        onEnd: (end) => ended.resolve(end),
        onListenerError: (error) =>
          this.options.logger.error({ err: error }, 'an event of the Live session could not be used'),
      };
      connection = await this.options.connect({ model, handle }, listener, this.stopping.signal);
    } catch (error) {
      const end = endOf(error);
      return handle !== undefined && isRefusal(end) && this.trust.endedAfter(0) ? undefined : end;
    }
    const end = await this.serve(connection, handle !== undefined, ended.promise);
    retired = true;
    this.options.onLost(end !== undefined && isRefusal(end));
    // The service refuses to resume a session whose former connection is still there.
    await connection.close();
    return end;
  }

  /** Resolves when the connection has ended, with its end, or is to be changed or closed. */
  private async serve(
    connection: LiveConnection,
    resumed: boolean,
    ended: Promise<ConnectionEnd>,
  ): Promise<ConnectionEnd | undefined> {
    const connectedAt = performance.now();
    this.introduce(connection, resumed);
    if (this.wanted()) {
      this.current = connection;
      this.options.onLink('ready', null);
      this.options.onReady(connection);
    }
    const end = await Promise.race([ended, this.wake.promise]);
    this.current = undefined;
    clearTimeout(this.cut);
    this.cut = undefined;
    if (end === undefined) return undefined;
    const livedMs = performance.now() - connectedAt;
    if (resumed && isRefusal(end)) this.trust.endedAfter(livedMs);
    // One that lived is a loss, not a failure: the way back is tried at once.
    if (livedMs > LIVED_MS) this.failures = 0;
    return end;
  }

  /** Tells the connection what was said before it. */
  private introduce(connection: LiveConnection, resumed: boolean): void {
    const context = this.options.context(resumed);
    if (context.length > 0) connection.sendContext(context);
    if (this.remembered && !resumed)
      this.options.onNewMemory(
        'Gemini had to begin a new session. It knows the latest part of this conversation, not all of it.',
      );
    this.remembered = true;
  }

  private take(event: ServerEvent, model: string): void {
    if (event.type === 'handle') {
      const handle = { handle: event.handle, model };
      this.trust.renew(handle);
      this.options.onHandle(handle);
    } else if (event.type === 'goAway') this.prepareChange(event.timeLeftMs);
    else this.options.onEvent(event);
  }

  private prepareChange(timeLeftMs: number): void {
    clearTimeout(this.cut);
    const wake = this.wake;
    this.cut = setTimeout(() => wake.resolve(undefined), Math.max(0, timeLeftMs - BEFORE_CUT_MS));
    this.settle();
  }

  private async waitAfter(end: ConnectionEnd | undefined): Promise<void> {
    if (end === undefined) {
      this.options.onLink('reconnecting', null);
      return;
    }
    this.failures++;
    const failure = failureOf(end);
    const refused = failure.kind === 'refused' && this.trust.for(this.options.model()) === undefined;
    const delay = refused ? this.options.refusedRetryMs : retryDelayMs(this.failures, Math.random());
    this.report(failure, refused, end.code);
    await this.sleep(this.failures === 1 && !refused ? 0 : delay);
  }

  private report(failure: Failure, refused: boolean, code: number | undefined): void {
    this.options.logger.warn(
      { reason: failure.reason, code, failures: this.failures },
      'no connection to Gemini',
    );
    if (refused || this.failures >= PATIENCE) this.options.onLink('unavailable', failure.reason);
    else this.options.onLink(this.remembered ? 'reconnecting' : 'connecting', null);
  }

  /** Ends early when the session is stopped. */
  private async sleep(ms: number): Promise<void> {
    this.wake = Promise.withResolvers();
    if (!this.wanted()) return;
    const { wake } = this;
    const timer = setTimeout(() => wake.resolve(undefined), ms);
    await wake.promise;
    clearTimeout(timer);
  }
}

/** Whether the service itself ended it: 1006 is a lost or refused transport, which says nothing about the session. */
function isRefusal({ code }: ConnectionEnd): boolean {
  return code !== undefined && code !== 1006;
}

function endOf(error: unknown): ConnectionEnd {
  if (error instanceof LiveConnectError) return error.end;
  return { code: undefined, detail: error instanceof Error ? error.message : String(error) };
}
