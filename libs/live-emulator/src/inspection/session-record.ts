import type { Clock } from '../clock.ts';
import type { Activity } from '../input/activity.ts';
import type { Backend } from '../models/backend.ts';
import type { SessionObserver } from '../session/observer.ts';
import type { Setup } from '../session/setup.ts';
import type { EmulatorEvent, HeardActivity, ReceivedText, SessionReport } from './report.ts';

/** The latest that are kept of a session, each. */
const MAX_KEPT = 1000;
const MAX_TEXT = 4000;

/** Keeps account of one logical session. */
export class SessionRecord implements SessionObserver {
  readonly #clock: Clock;
  readonly #emit: (event: EmulatorEvent) => void;
  readonly #identity: Pick<SessionReport, 'sessionId' | 'backend' | 'model' | 'startedAt'>;
  readonly #setups: unknown[] = [];
  readonly #activities: HeardActivity[] = [];
  readonly #texts: ReceivedText[] = [];
  readonly #counts = {
    openConnections: 0,
    receivedAudioSeconds: 0,
    heardSpeechSeconds: 0,
    pictures: 0,
    toolResponses: 0,
    turns: 0,
    interruptions: 0,
    spokenSeconds: 0,
    receivedFrames: 0,
    sentFrames: 0,
  };

  constructor(
    sessionId: string,
    backend: Backend,
    model: string,
    clock: Clock,
    emit: (event: EmulatorEvent) => void,
  ) {
    this.#identity = { sessionId, backend, model, startedAt: clock.now() };
    this.#clock = clock;
    this.#emit = emit;
  }

  get report(): SessionReport {
    return {
      ...this.#identity,
      ...this.#counts,
      setups: [...this.#setups],
      activities: [...this.#activities],
      texts: [...this.#texts],
    };
  }

  connected(setup: Setup): void {
    keep(this.#setups, redacted(setup));
    this.#counts.openConnections += 1;
    const { sessionId, backend, model } = this.#identity;
    this.#log({ event: 'setup', sessionId, backend, model, connection: this.#setups.length });
  }

  disconnected(): void {
    this.#counts.openConnections -= 1;
  }

  frameReceived(): void {
    this.#counts.receivedFrames += 1;
  }

  frameSent(): void {
    this.#counts.sentFrames += 1;
  }

  audio(seconds: number): void {
    this.#counts.receivedAudioSeconds += seconds;
  }

  picture(width: number, height: number): void {
    this.#counts.pictures += 1;
    this.#log({ event: 'picture', sessionId: this.#identity.sessionId, width, height });
  }

  text(via: ReceivedText['via'], role: ReceivedText['role'], text: string): void {
    keep(this.#texts, { at: this.#clock.now(), via, role, text: text.slice(0, MAX_TEXT) });
    this.#log({ event: 'text', sessionId: this.#identity.sessionId, via, characters: text.length });
  }

  toolResponses(count: number): void {
    this.#counts.toolResponses += count;
  }

  activity({ seconds, dbfs }: Activity, agoMs: number): void {
    const startedAt = Math.round(this.#clock.now() - agoMs);
    keep(this.#activities, { startedAt, seconds, dbfs });
    this.#counts.heardSpeechSeconds += seconds;
    this.#log({
      event: 'activity',
      sessionId: this.#identity.sessionId,
      startedAt,
      speechSeconds: seconds,
      dbfs,
    });
  }

  turn(turn: { spokenSeconds: number; totalTokens: number; interrupted: boolean }): void {
    this.#counts.turns += 1;
    this.#counts.interruptions += turn.interrupted ? 1 : 0;
    this.#counts.spokenSeconds += turn.spokenSeconds;
    this.#log({ event: 'turn', sessionId: this.#identity.sessionId, ...turn });
  }

  #log(event: WithoutTime<EmulatorEvent>): void {
    this.#emit({ at: Math.round(this.#clock.now()), ...event });
  }
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MAX_KEPT) list.shift();
}

/** A handle opens a conversation, so only enough of it to tell two apart is shown. */
function redacted(setup: Setup): unknown {
  const handle = setup.sessionResumption?.handle;
  if (!handle) return setup;
  return { ...setup, sessionResumption: { ...setup.sessionResumption, handle: `${handle.slice(0, 12)}…` } };
}
