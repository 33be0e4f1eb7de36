import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ContextSnapshot } from './context.ts';
import { Refusal, sessionNotFound } from './refusal.ts';

/** What a handle brings back. */
export interface ResumableState {
  readonly sessionId: string;
  readonly modelId: string;
  readonly context: ContextSnapshot;
}

/** How long the Developer API keeps a session that can be resumed. */
const HANDLE_LIFE_MS = 2 * 60 * 60 * 1000;
/** The oldest handles go first beyond this number. */
const MAX_HANDLES = 2000;

/** Issues resumption handles and brings back what they stand for. Lives as long as the emulator. */
export class Resumption {
  readonly #clock: Clock;
  readonly #states = new Map<string, ResumableState & { readonly expiresAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  issue(state: ResumableState): string {
    const handle = `emulated-${randomUUID()}`;
    this.#states.set(handle, { ...state, expiresAt: this.#clock.now() + HANDLE_LIFE_MS });
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= MAX_HANDLES) break;
      this.#states.delete(oldest);
    }
    return handle;
  }

  /** @throws Refusal when the handle is unknown, expired or of another model. */
  resume(handle: string, modelId: string): ResumableState {
    const state = this.#states.get(handle);
    if (!state || state.expiresAt < this.#clock.now()) {
      throw sessionNotFound();
    }
    if (state.modelId !== modelId) {
      throw new Refusal(1007, 'The model of a resumed session cannot change.');
    }
    return state;
  }
}
