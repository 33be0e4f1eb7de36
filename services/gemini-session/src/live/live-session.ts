import { every } from '../clock.ts';
import { blamesHandle, failureOf, isJudgement } from './failure.ts';
import { HandleTrust } from './handle-trust.ts';
import type { Handle } from './handle-trust.ts';
import { LiveConnectError } from './live-connection.ts';
import type { ConnectionEnd, LiveConnection, LiveListener } from './live-connection.ts';
import type { LiveSessionOptions } from './live-session-options.ts';
import { Patience } from './patience.ts';
import { PlannedChange } from './planned-change.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { ServerEvent } from './server-event.ts';
import { IDLE_SESSION, linkOf, nextState } from './session-state.ts';
import type { SessionEvent } from './session-state.ts';

/** A connection that will be cut is replaced at the latest this long before. */
const BEFORE_CUT_MS = 5_000;
/** A connection that is to be made anew with other settings goes on for this long at most. */
const RENEW_MS = 10_000;
/** A connection that has reached its age goes on for this long at most. */
const AGED_MS = 45_000;
/** A connection that ends earlier than this, and has brought no answer to its end, counts as a failure. */
const LIVED_MS = 5_000;
const LOOK_MS = 500;
/** A connection that must not be any more goes on for this long at most: what is being said ends, and the handle to go on from comes. */
const HOLD_MS = 2_000;
/** How often it is looked whether there may be a connection again. Whoever changes that says so, too. */
const HELD_MS = 30_000;

/** Why the loop goes on to another connection; undefined: that was our own wish. */
type Outcome = ConnectionEnd | undefined;

/**
 * One conversation with Gemini over as many connections as it takes: connects, changes the connection before it is cut, comes back after a
 * loss where the conversation stood, and tells people when it cannot.
 */
export class LiveSession {
  private readonly options: LiveSessionOptions;
  private readonly trust = new HandleTrust();
  private readonly stopping = new AbortController();
  private state = IDLE_SESSION;
  private current: LiveConnection | undefined;
  private readonly patience = new Patience();
  /** Answers that came to their end. */
  private answers = 0;
  /** There was a turn in a session before: a new one has lost the memory of it. */
  private remembered = false;
  private running: Promise<void> | undefined;
  private readonly change: PlannedChange;
  private wake = Promise.withResolvers<undefined>();
  /** The next try is waited for. */
  private asleep = false;
  /** The settings have changed while a connection with those of before was being made. */
  private outdated = false;

  constructor(options: LiveSessionOptions) {
    this.options = options;
    this.change = new PlannedChange(options.clock);
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
    if (this.change.cause !== undefined && this.options.settled()) this.wake.resolve(undefined);
  }

  /** Uses other settings: at the next good moment within 10 s, or at once when the next try is waited for. */
  renew(): void {
    if (this.current !== undefined) this.prepareChange('other settings', RENEW_MS);
    else if (this.asleep) this.wake.resolve(undefined);
    else this.outdated = true;
  }

  /** There must be no connection any more, or there may be one again. */
  reconsider(): void {
    const held = this.options.hold() !== undefined;
    if (held && this.current !== undefined) this.prepareChange('on hold', HOLD_MS);
    else if (!held && this.asleep) this.wake.resolve(undefined);
  }

  private wanted(): boolean {
    return !this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    this.go({ type: 'start' }, 'there are people in the room');
    while (this.wanted()) {
      if (await this.held()) continue;
      const end = await this.connectAndServe();
      if (!this.wanted()) break;
      if (end !== undefined) await this.waitAfter(end);
    }
    this.go({ type: 'stop' }, 'nobody needs it here any more');
  }

  /** Whether there must be no connection: then it has waited until that may have changed. */
  private async held(): Promise<boolean> {
    const reason = this.options.hold();
    if (reason === undefined) return false;
    this.go({ type: 'failed', lasting: true, reason }, reason);
    await this.sleep(HELD_MS);
    if (this.wanted()) this.go({ type: 'retry' }, 'it may be over');
    return true;
  }

  private go(event: SessionEvent, cause: string): void {
    const from = this.state.phase;
    this.state = nextState(this.state, event);
    const { phase, reason } = this.state;
    if (phase !== from) this.options.logger.info({ from, phase, cause }, 'the Live session has changed');
    const link = linkOf(this.state);
    if (link !== undefined) this.options.onLink(link, reason);
  }

  private async connectAndServe(): Promise<Outcome> {
    this.outdated = false;
    const model = this.options.model();
    const handle = this.trust.for(model);
    const resumed = handle !== undefined;
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
      return resumed && this.refusesHandle(end) ? undefined : end;
    }
    const end = await this.serve(connection, resumed, ended.promise);
    retired = true;
    this.options.onLost(end !== undefined && isJudgement(end));
    // The service refuses to resume a session whose former connection is still there.
    if (end?.slow === true) connection.terminate();
    await connection.close();
    return end;
  }

  /** Resolves when the connection has ended, with its end, or is to be changed or closed. */
  private async serve(
    connection: LiveConnection,
    resumed: boolean,
    ended: Promise<ConnectionEnd>,
  ): Promise<Outcome> {
    const { options, answers } = this;
    const { clock } = options;
    const connectedAt = clock.now();
    if (this.wanted()) {
      this.go({ type: 'connected' }, resumed ? 'the session goes on' : 'a new session');
      this.introduce(connection, resumed);
      this.current = connection;
      this.go({ type: 'seeded' }, 'it knows the conversation');
      options.onReady(connection);
      if (this.outdated) this.renew();
      this.reconsider();
    }
    const stalled = Promise.withResolvers<ConnectionEnd>();
    const cancelAge = clock.after(options.rotateAfterMs, () => this.prepareChange('its age', AGED_MS));
    const cancelLook = every(clock, LOOK_MS, () => {
      if (connection.stalled()) stalled.resolve({ code: undefined, detail: 'stalled', slow: true });
    });
    const end = await Promise.race([ended, stalled.promise, this.wake.promise]);
    cancelAge();
    cancelLook();
    this.current = undefined;
    const cause = this.change.clear();
    const livedMs = end?.slow === true ? 0 : clock.now() - connectedAt;
    // A change on our own wish says nothing against a handle either.
    if (resumed && (end === undefined || blamesHandle(end)))
      this.trust.endedAfter(end === undefined ? Infinity : livedMs);
    if (!this.wanted()) return undefined;
    if (end === undefined) this.go({ type: 'rotate' }, cause ?? 'a wish');
    else this.go({ type: 'lost' }, `${failureOf(end).reason} (${end.code ?? 'stalled'})`);
    // One that lived is a loss, not a failure: the way back is tried at once.
    if (end === undefined || this.answers > answers || livedMs > LIVED_MS) this.patience.renew();
    return end;
  }

  /** Whether the handle has been given up because the connection could not be made. */
  private refusesHandle(end: ConnectionEnd): boolean {
    // One that never gets ready is slow in the first place; in the end it may be the handle all the same.
    if (end.slow && this.patience.withSlow) return false;
    return blamesHandle(end) && this.trust.endedAfter(0);
  }

  /** Tells the connection what was said before it. */
  private introduce(connection: LiveConnection, resumed: boolean): void {
    const context = this.options.context(resumed);
    if (context.length > 0) connection.sendContext(context);
    if (this.remembered && !resumed && context.length > 0)
      this.options.onNewMemory(
        'Gemini had to begin a new session. It knows the latest part of this conversation, not all of it.',
      );
  }

  private take(event: ServerEvent, model: string): void {
    if (event.type === 'turnComplete') this.answers++;
    if (event.type === 'handle' || event.type === 'turnComplete') this.remembered = true;
    if (event.type === 'handle') {
      const handle = { handle: event.handle, model };
      this.trust.renew(handle);
      this.options.onHandle(handle);
    } else if (event.type === 'goAway')
      this.prepareChange('goAway', Math.max(0, event.timeLeftMs - BEFORE_CUT_MS));
    else this.options.onEvent(event);
  }

  /** Changes the connection at the next good moment, at the latest after `withinMs`, or when it had to be before. */
  private prepareChange(cause: string, withinMs: number): void {
    const { wake } = this;
    this.change.plan(cause, withinMs, () => wake.resolve(undefined));
    this.settle();
  }

  private async waitAfter(end: ConnectionEnd): Promise<void> {
    const { clock, refusedRetryMs, logger } = this.options;
    this.patience.failed(clock.now());
    const { failures } = this.patience;
    const { kind, reason } = failureOf(end);
    const refused =
      kind === 'refused' || (kind === 'rejected' && this.trust.for(this.options.model()) === undefined);
    const lasting = refused || this.patience.over(clock.now());
    logger.warn({ reason, code: end.code, failures }, 'no connection to Gemini');
    if (failures === 1 && !lasting) return;
    this.go({ type: 'failed', lasting, reason }, reason);
    const random = Math.random();
    await this.sleep(refused ? refusedRetryMs * (1 + random / 4) : retryDelayMs(failures, random));
    if (this.wanted()) this.go({ type: 'retry' }, 'it has waited');
  }

  /** Ends early when the session is stopped, or is to use other settings. */
  private async sleep(ms: number): Promise<void> {
    this.wake = Promise.withResolvers();
    if (!this.wanted()) return;
    const { wake } = this;
    const cancel = this.options.clock.after(ms, () => wake.resolve(undefined));
    this.asleep = true;
    await wake.promise;
    this.asleep = false;
    cancel();
  }
}

function endOf(error: unknown): ConnectionEnd {
  if (error instanceof LiveConnectError) return error.end;
  return { code: undefined, detail: error instanceof Error ? error.message : String(error), slow: false };
}
