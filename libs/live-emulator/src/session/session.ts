import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ServerMessage } from '../output/server-message.ts';
import { ServerMessages } from '../output/server-message.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import { decodeClientFrame } from '../transport/wire-format.ts';
import { parseClientMessage } from './client-message.ts';
import { Context } from './context.ts';
import { Dialogue } from './dialogue.ts';
import type { Mind } from '../mind/plan.ts';
import type { SessionObserver } from './observer.ts';
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
}

export interface SessionPorts {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly times: SessionTimes;
  readonly mind: Mind;
  readonly resumption: Resumption;
  /** @throws Refusal when the setup is to be refused whatever it says */
  readonly admit: (setup: Setup) => void;
  readonly send: (message: ServerMessage) => void;
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
  /** The setup is message 0. */
  #lastIndex = -1;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    this.#messages = new ServerMessages(ports.endpoint.backend);
    this.#clock = { now: () => ports.clock.now(), after: (ms, task) => this.#after(ms, task) };
    const { connectionAgeMs, goAwayNoticeMs } = ports.times;
    this.#clock.after(Math.max(0, connectionAgeMs - goAwayNoticeMs), () => {
      if (this.#state.name === 'live')
        ports.send(this.#messages.goAway(Math.min(goAwayNoticeMs, connectionAgeMs)));
    });
    this.#clock.after(connectionAgeMs, () => {
      throw deadlineExpired();
    });
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
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  #read(frame: string): void {
    if (this.#state.name === 'closed') return;
    const message = parseClientMessage(decodeClientFrame(frame));
    this.#lastIndex += 1;
    if (this.#state.name === 'live' && !message.setup) {
      this.#state.dialogue.receive(message);
    } else if (this.#state.name === 'awaiting-setup' && message.setup) {
      this.#setUp(message.setup);
    } else {
      throw invalidArgument(SETUP_FIRST);
    }
  }

  #setUp(setup: Setup): void {
    const { endpoint, mind, resumption, times, admit, send, observe } = this.#ports;
    admit(setup);
    const settings = readSettings(setup, endpoint);
    const handle = settings.resumption?.handle ?? null;
    const resumed = handle === null ? null : resumption.resume(handle, settings.profile.id);
    const sessionId = resumed?.sessionId ?? randomUUID();
    const context = new Context(settings, resumed?.context);
    this.#state = { name: 'setting-up' };
    const observer = observe(sessionId, settings.profile.id, setup);
    this.#clock.after(times.setupDelayMs, () => {
      const dialogue = new Dialogue(settings, context, {
        backend: endpoint.backend,
        clock: this.#clock,
        mind,
        messages: this.#messages,
        send,
        observer,
        latencyMs: times.latencyMs,
        onResumable: (resumable) => this.#tellResumable(resumable, settings, sessionId, context),
      });
      this.#state = { name: 'live', dialogue };
      send(this.#messages.setupComplete(sessionId));
    });
  }

  #tellResumable(resumable: boolean, settings: SessionSettings, sessionId: string, context: Context): void {
    const { resumption, send } = this.#ports;
    if (!settings.resumption) return;
    if (!resumable) {
      send(this.#messages.notResumable());
      return;
    }
    const handle = resumption.issue({ sessionId, modelId: settings.profile.id, context: context.snapshot });
    send(this.#messages.resumable(handle, settings.resumption.transparent ? this.#lastIndex : undefined));
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
