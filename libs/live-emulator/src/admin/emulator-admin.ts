import type { FaultInput } from '../faults/fault.ts';
import type { FaultReport } from '../faults/injected-fault.ts';
import type { ReceivedFrame } from '../inspection/frame-log.ts';
import type { Recording } from '../inspection/recording.ts';
import type { SessionReport } from '../inspection/report.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';
import { readRecording } from './written-recording.ts';
import type { WrittenRecording } from './written-recording.ts';

/** The longest that an answer may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What the admin API refused, in its words. */
export class EmulatorAdminError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'EmulatorAdminError';
    this.status = status;
  }
}

/**
 * Takes hold of an emulator in another process through its admin API. Every call rejects with an
 * `EmulatorAdminError` when it is refused, and with the error of `fetch` when nothing answers.
 */
export class EmulatorAdmin {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  /**
   * @param url where the admin API is: the URL of the emulator, or of its admin port
   * @param apiKey the accepted key, where the emulator has one
   */
  constructor(url: string, apiKey?: string) {
    this.#url = url;
    this.#headers = apiKey === undefined ? {} : { 'x-goog-api-key': apiKey };
  }

  async health(): Promise<void> {
    await this.#ask('GET', 'health');
  }

  async sessions(): Promise<SessionReport[]> {
    return (await this.#ask<{ sessions: SessionReport[] }>('GET', 'sessions')).sessions;
  }

  session(sessionId: string): Promise<SessionReport> {
    return this.#ask('GET', `sessions/${encodeURIComponent(sessionId)}`);
  }

  /** The latest frames that a session was sent. */
  async frames(sessionId: string): Promise<ReceivedFrame[]> {
    const path = `sessions/${encodeURIComponent(sessionId)}/frames`;
    return (await this.#ask<{ frames: ReceivedFrame[] }>('GET', path)).frames;
  }

  /** The sound that a session heard, where the emulator keeps it. */
  async recordings(sessionId: string): Promise<Recording[]> {
    const path = `sessions/${encodeURIComponent(sessionId)}/recordings`;
    const { recordings } = await this.#ask<{ recordings: WrittenRecording[] }>('GET', path);
    return recordings.map(readRecording);
  }

  async faults(): Promise<FaultReport[]> {
    return (await this.#ask<{ faults: FaultReport[] }>('GET', 'faults')).faults;
  }

  /** Makes something go wrong, and gives the id of it. */
  async inject(fault: FaultInput): Promise<string> {
    return (await this.#ask<{ id: string }>('POST', 'faults', fault)).id;
  }

  /** Ends a fault, or all of them. */
  async clearFaults(id?: string): Promise<void> {
    await this.#ask('DELETE', id === undefined ? 'faults' : `faults/${encodeURIComponent(id)}`);
  }

  /** Plays a scenario from its beginning: as an object, or as the text of a file. */
  async load(scenario: ScenarioInput | string): Promise<void> {
    await this.#ask('PUT', 'scenario', scenario);
  }

  async unload(): Promise<void> {
    await this.#ask('DELETE', 'scenario');
  }

  /** Emulated time, in milliseconds since the Unix epoch. */
  async now(): Promise<number> {
    return (await this.#ask<{ now: number }>('GET', 'clock')).now;
  }

  /** Moves a clock that stands still. Resolves when everything due by then has happened. */
  async advance(ms: number): Promise<void> {
    await this.#ask('POST', 'clock', { advanceMs: ms });
  }

  /** Ends every connection and forgets everything. */
  async reset(): Promise<void> {
    await this.#ask('POST', 'reset');
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(`/admin/${path}`, this.#url), {
      method,
      headers: this.#headers,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T | { error: { message: string } };
    if (response.ok) return answer as T;
    throw new EmulatorAdminError(response.status, (answer as { error: { message: string } }).error.message);
  }
}
