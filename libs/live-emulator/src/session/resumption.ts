import type { Clock } from '../clock.ts';
import { Lineage } from './lineage.ts';
import type { ResumableState } from './lineage.ts';
import { sessionNotFound } from './refusal.ts';

/** How long after its end the Developer API keeps a session that can be resumed. */
const HANDLE_LIFE_MS = 2 * 60 * 60 * 1000;
/** The oldest sessions go first beyond this number. */
const MAX_SESSIONS = 1000;

/** The sessions of an emulator and the handles that they can be resumed with. Lives as long as the emulator. */
export class Resumption {
  readonly #clock: Clock;
  readonly #lineages = new Set<Lineage>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Sessions that have a connection now. */
  get openSessions(): number {
    return [...this.#lineages].filter(({ isOpen }) => isOpen).length;
  }

  /** No handle that was issued is good any more. */
  clear(): void {
    this.#lineages.clear();
  }

  /** @param isOpen whether the connection of the session is open still */
  start(modelId: string, isOpen: () => boolean): Lineage {
    const lineage = new Lineage(modelId, this.#clock.now(), isOpen);
    this.#lineages.add(lineage);
    for (const oldest of this.#lineages) {
      if (this.#lineages.size <= MAX_SESSIONS) break;
      if (!oldest.isOpen) this.#lineages.delete(oldest);
    }
    return lineage;
  }

  /** @throws Refusal when the handle is unknown, stale, expired or of another model, or its session is still open */
  resume(
    handle: string,
    modelId: string,
    isOpen: () => boolean,
  ): { readonly lineage: Lineage; readonly state: ResumableState } {
    for (const lineage of this.#lineages) {
      if (lineage.endedAt !== null && lineage.endedAt + HANDLE_LIFE_MS < this.#clock.now()) {
        this.#lineages.delete(lineage);
      } else if (lineage.has(handle)) {
        return { lineage, state: lineage.resume(handle, modelId, isOpen) };
      }
    }
    throw sessionNotFound();
  }
}
