import type { Clock } from '../clock.ts';
import type { Mind } from '../mind/plan.ts';
import type { ServerMessage } from '../output/server-message.ts';
import { ServerMessages } from '../output/server-message.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import { decodeClientFrame } from '../transport/wire-format.ts';
import { parseClientMessage } from './client-message.ts';
import { Context } from './context.ts';
import { Dialogue } from './dialogue.ts';
import { limitLife } from './lifetime.ts';
import type { Lineage } from './lineage.ts';
import type { SessionObserver } from './observer.ts';
import { OpenCalls } from './open-calls.ts';
import type { Quota } from './quota.ts';
import { Refusal, deadlineExpired, internalError, invalidArgument } from './refusal.ts';
import type { Resumption } from './resumption.ts';
import type { SessionSettings } from './settings.ts';
import { readSettings } from './settings.ts';
import type { Setup } from './setup.ts';

/** Times of a connection, all in milliseconds. */
export interface SessionTimes {
  /** From setup to setupComplete. */
  readonly setupDelayMs: number;
  /** From the end of a turn to the first sound of the answer. */
  readonly latencyMs: number;
  /** The age at which a connection is closed. */
  readonly connectionAgeMs: number;
  /** How long before that goAway is sent. */
  readonly goAwayNoticeMs: number;
  /** The age at which a session ends that does not compress its context, over all its connections. */
  readonly sessionAgeMs: number;
  /** The same from its first picture on. */
  readonly videoSessionAgeMs: number;
}

export interface SessionPorts {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly times: SessionTimes;
  readonly mind: Mind;
  readonly resumption: Resumption;
  readonly quota: Quota;
  /** The end of each transcription is marked. */
  readonly marksFinished: boolean;
  /**
   * What becomes of the setup that is asked for.
   * @throws Refusal when it is to be refused whatever it says
   */
  readonly admit: (asked: Setup) => Setup;
  readonly send: (message: ServerMessage) => void;
  /** Whether the connection is open still. */
  readonly isOpen: () => boolean;
  /** `cause`: a fault of the emulator itself, where that is the reason. */
  readonly close: (refusal: Refusal, cause?: unknown) => void;
  /** Opens the record of the session that the connection belongs to. */
  readonly observe: (sessionId: string, modelId: string, setup: Setup) => SessionObserver;
}

type State =
  | { readonly name: 'awaiting-setup' | 'setting-up' | 'closed' }
  | { readonly name: 'live'; readonly dialogue: Dialogue };

const SETUP_FIRST = 'setup must be the first message and only the first';

/** One connection from its first frame to its end. */
export class Session {
  readonly #ports: SessionPorts;
  readonly #messages: ServerMessages;
  readonly #timers = new Set<() => void>();
  /** A clock whose tasks end the connection when they throw a refusal, and end with it. */
  readonly #clock: Clock;
  #state: State = { name: 'awaiting-setup' };
  #lineage: Lineage | null = null;
  #letLive: () => void = () => undefined;
  /** The setup is message 0. */
  #lastIndex = -1;
  /** The last message that is in the context, or belongs to no turn. */
  #consumedIndex = 0;
  #isResumable: boolean | null = null;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.#messages = new ServerMessages(ports.endpoint.backend, ports.marksFinished);
    this.#clock = { now: () => ports.clock.now(), after: (ms, task) => this.#after(ms, task) };
    this.#limitLife(ports.clock.now() + ports.times.connectionAgeMs);
  }

  /** Takes a frame; whatever is wrong with it ends the connection. */
  receive(frame: string): void {
    this.#guard(() => this.#read(frame));
  }

  /** Ends the answer under way, if there is one, as if it were complete. */
  completeTurn(): void {
    if (this.#state.name === 'live') this.#state.dialogue.completeTurn();
  }

  /** The connection is gone. */
  end(): void {
    if (this.#state.name === 'live') this.#state.dialogue.stop();
    this.#state = { name: 'closed' };
    this.#lineage?.end(this.#ports.isOpen, this.#ports.clock.now());
    this.#lineage = null;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #read(frame: string): void {
    if (this.#state.name === 'closed') return;
    const message = parseClientMessage(decodeClientFrame(frame));
    this.#lastIndex += 1;
    if (this.#state.name === 'live' && !message.setup) {
      const { dialogue } = this.#state;
      dialogue.receive(message);
      if (dialogue.isSettled) this.#consumedIndex = this.#lastIndex;
    } else if (this.#state.name === 'awaiting-setup' && message.setup) {
      this.#setUp(message.setup);
    } else {
      throw invalidArgument(SETUP_FIRST);
    }
  }

  #setUp(asked: Setup): void {
    const { endpoint, mind, resumption, quota, times, admit, send, isOpen, observe } = this.#ports;
    const setup = admit(asked);
    const settings = readSettings(setup, endpoint);
    quota.admit(resumption.openSessions);
    const modelId = settings.profile.id;
    const handle = settings.resumption?.handle ?? null;
    const resumed = handle === null ? null : resumption.resume(handle, modelId, isOpen);
    const lineage = resumed?.lineage ?? resumption.start(modelId, isOpen);
    this.#lineage = lineage;
    this.#state = { name: 'setting-up' };
    const observer = observe(lineage.sessionId, modelId, setup);
    this.#clock.after(times.setupDelayMs, () => {
      const context = new Context(settings, resumed?.state.context);
      const calls = new OpenCalls(endpoint.backend, resumed?.state.closedCalls);
      const dialogue = new Dialogue(settings, context, {
        backend: endpoint.backend,
        clock: this.#clock,
        mind,
        messages: this.#messages,
        send,
        observer,
        calls,
        latencyMs: times.latencyMs,
        onPicture: () => this.#limitSession(settings, lineage, true),
        onResumable: (resumable) => this.#tellResumable(resumable, settings, lineage, context, calls),
      });
      this.#state = { name: 'live', dialogue };
      send(this.#messages.setupComplete(lineage.sessionId));
      this.#limitSession(settings, lineage, false);
    });
  }

  /** Without compression a session ends at an age, which is lower from its first picture on. */
  #limitSession({ compression }: SessionSettings, lineage: Lineage, seesPicture: boolean): void {
    if (compression || (seesPicture && lineage.firstPictureAt !== null)) return;
    const { clock, times } = this.#ports;
    if (seesPicture) lineage.firstPictureAt = clock.now();
    const { startedAt, firstPictureAt } = lineage;
    const videoEndsAt = firstPictureAt === null ? Infinity : firstPictureAt + times.videoSessionAgeMs;
    this.#letLive();
    this.#letLive = this.#limitLife(Math.min(startedAt + times.sessionAgeMs, videoEndsAt));
  }

  #limitLife(endsAt: number): () => void {
    return limitLife(this.#clock, {
      endsAt,
      noticeMs: this.#ports.times.goAwayNoticeMs,
      onNotice: (leftMs) => {
        if (this.#state.name === 'live') this.#ports.send(this.#messages.goAway(leftMs));
      },
      onEnd: () => {
        throw deadlineExpired();
      },
    });
  }

  #tellResumable(
    resumable: boolean,
    { resumption }: SessionSettings,
    lineage: Lineage,
    context: Context,
    calls: OpenCalls,
  ): void {
    if (!resumption || (!resumable && this.#isResumable === false)) return;
    this.#isResumable = resumable;
    const { send, isOpen } = this.#ports;
    if (!resumable) {
      send(this.#messages.notResumable());
      return;
    }
    if (this.#state.name === 'live' && this.#state.dialogue.isSettled) this.#consumedIndex = this.#lastIndex;
    const handle = lineage.issue(isOpen, { context: context.snapshot, closedCalls: calls.closed });
    send(this.#messages.resumable(handle, resumption.transparent ? this.#consumedIndex : undefined));
  }

  #after(ms: number, task: () => void): () => void {
    const cancelTimer = this.#ports.clock.after(ms, () => {
      this.#timers.delete(cancel);
      this.#guard(task);
    });
    const cancel = () => {
      this.#timers.delete(cancel);
      cancelTimer();
    };
    this.#timers.add(cancel);
    return cancel;
  }

  #guard(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.end();
      if (error instanceof Refusal) this.#ports.close(error);
      else this.#ports.close(internalError(), error);
    }
  }
}
