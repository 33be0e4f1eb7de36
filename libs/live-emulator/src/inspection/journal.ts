import type { Clock } from '../clock.ts';
import type { Backend } from '../models/backend.ts';
import type { Setup } from '../session/setup.ts';
import type { ConnectionRecord } from './connection-record.ts';
import type { Recording } from './recording.ts';
import type { EmulatorEvent, SessionReport } from './report.ts';
import { SessionRecord } from './session-record.ts';

/** The oldest sessions go first beyond this number. */
const MAX_SESSIONS = 1000;

/** The records of all sessions of an emulator. */
export class Journal {
  readonly #clock: Clock;
  readonly #emit: (event: EmulatorEvent) => void;
  readonly #keepAudioSeconds: number;
  readonly #records = new Map<string, SessionRecord>();

  constructor(clock: Clock, emit: (event: EmulatorEvent) => void, keepAudioSeconds: number) {
    this.#clock = clock;
    this.#emit = emit;
    this.#keepAudioSeconds = keepAudioSeconds;
  }

  /** The record of a connection, in that of its session: a new one for a session that is new. */
  open(sessionId: string, backend: Backend, model: string, setup: Setup): ConnectionRecord {
    const session = this.#records.get(sessionId) ?? this.#add(sessionId, backend, model);
    return session.connected(setup);
  }

  #add(sessionId: string, backend: Backend, model: string): SessionRecord {
    const ports = { clock: this.#clock, emit: this.#emit, keepAudioSeconds: this.#keepAudioSeconds };
    const record = new SessionRecord(sessionId, backend, model, ports);
    this.#records.set(sessionId, record);
    for (const oldest of this.#records.keys()) {
      if (this.#records.size <= MAX_SESSIONS) break;
      this.#records.delete(oldest);
    }
    return record;
  }

  get sessions(): SessionReport[] {
    return [...this.#records.values()].map((record) => record.report);
  }

  recordings(sessionId: string): Recording[] {
    return this.#records.get(sessionId)?.recordings ?? [];
  }

  /** Sessions that are open go on unseen. */
  clear(): void {
    this.#records.clear();
  }

  refused(status: number, reason: string): void {
    this.#emit({ at: Math.round(this.#clock.now()), event: 'refused', status, reason });
  }

  /** Something of the emulator as a whole went wrong. */
  failed(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#emit({ at: Math.round(this.#clock.now()), event: 'failed', reason });
  }

  /** `fault`: what went wrong in the emulator itself. */
  closed(sessionId: string | null, code: number, reason: string, fault?: string): void {
    const failed = fault === undefined ? {} : { fault };
    this.#emit({ at: Math.round(this.#clock.now()), event: 'closed', sessionId, code, reason, ...failed });
  }
}
