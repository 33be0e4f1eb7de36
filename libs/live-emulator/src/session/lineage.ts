import { randomUUID } from 'node:crypto';
import type { ContextSnapshot } from './context.ts';
import { Refusal, sessionNotFound } from './refusal.ts';

/** What a handle brings back. */
export interface ResumableState {
  readonly context: ContextSnapshot;
  /** Ids of the calls that nobody waits for any more. */
  readonly closedCalls: readonly string[];
}

/** The oldest handles of a connection go first beyond this number. */
const MAX_HANDLES = 100;

/** One session over all its connections, of which one is open at a time, each going on from a handle of the one before. */
export class Lineage {
  readonly sessionId = randomUUID();
  readonly modelId: string;
  /** Emulated time, as everywhere in here. */
  readonly startedAt: number;
  firstPictureAt: number | null = null;
  #isOpen: () => boolean;
  #endedAt: number | null = null;
  #handles = new Map<string, ResumableState>();
  /** Whether the connection that is open now has given a handle of its own. */
  #hasOwnHandle = false;

  constructor(modelId: string, startedAt: number, isOpen: () => boolean) {
    this.modelId = modelId;
    this.startedAt = startedAt;
    this.#isOpen = isOpen;
  }

  has(handle: string): boolean {
    return this.#handles.has(handle);
  }

  get isOpen(): boolean {
    return this.#endedAt === null && this.#isOpen();
  }

  /** When its last connection ended; null while one is open. */
  get endedAt(): number | null {
    return this.#endedAt;
  }

  /**
   * A state to go on from. The handles of the connection before are worth nothing any more.
   * @throws Refusal when another connection has gone on meanwhile
   */
  issue(isOpen: () => boolean, state: ResumableState): string {
    if (this.#isOpen !== isOpen) throw new Refusal(1011, 'The session goes on on another connection.');
    const handle = `emulated-${randomUUID()}`;
    if (!this.#hasOwnHandle) this.#handles.clear();
    this.#hasOwnHandle = true;
    this.#handles.set(handle, state);
    const [oldest] = this.#handles.keys();
    if (oldest !== undefined && this.#handles.size > MAX_HANDLES) this.#handles.delete(oldest);
    return handle;
  }

  /**
   * A new connection goes on from a handle; what came after that handle is forgotten. Google does not document how it refuses: 1011 while
   * the old connection is open is what others saw (aicc2025/sip-to-ai#14), the words are the emulator's.
   * @throws Refusal when the handle is none of this session, the model is another one, or a connection is still open
   */
  resume(handle: string, modelId: string, isOpen: () => boolean): ResumableState {
    const state = this.#handles.get(handle);
    if (!state) throw sessionNotFound();
    if (modelId !== this.modelId) throw new Refusal(1007, 'The model of a resumed session cannot change.');
    if (this.isOpen) throw new Refusal(1011, 'The session is still open on another connection.');
    this.#handles = new Map([[handle, state]]);
    this.#hasOwnHandle = false;
    this.#isOpen = isOpen;
    this.#endedAt = null;
    return state;
  }

  /** A connection is gone; if a later one has gone on meanwhile, that is of no matter. */
  end(isOpen: () => boolean, now: number): void {
    if (this.#isOpen === isOpen) this.#endedAt = now;
  }
}
