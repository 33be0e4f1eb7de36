import type { Lease, Leases } from '@studio/presence';
import type { Logger } from '@studio/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { KnownLines } from '../live/conversation-memory.ts';

/** How long the service keeps a session that can be resumed: 2 hours on the Developer API. Milliseconds. */
const HANDLE_LIFE_MS = 2 * 60 * 60 * 1_000;
const RETRY_MS = 1_000;

/** What the next owner of a room needs to go on with its Live session. */
export const SessionNote = z.object({
  handle: z.string().min(1),
  /** The handle is good for this model only. */
  model: z.string().min(1),
  /** When the handle came, milliseconds since the epoch. */
  at: z.int().nonnegative(),
  known: KnownLines,
});
export type SessionNote = z.infer<typeof SessionNote>;

/** What the former owner has left, if that can still be used. @throws StoreUnavailableError */
export async function recallNote(
  leases: Leases,
  lease: Lease,
  now = Date.now(),
): Promise<SessionNote | undefined> {
  const text = await leases.recall(lease.name);
  if (text === undefined) return undefined;
  // Another version of the service may have left something else.
  const note = SessionNote.safeParse(JSON.parse(text));
  return note.success && now - note.data.at < HANDLE_LIFE_MS ? note.data : undefined;
}

export interface NoteKeeperOptions {
  leases: Leases;
  lease: Lease;
  logger: Logger;
}

/** Keeps the newest note beside the lease. A store that is away gets it when it is back; a newer owner's note stays. */
export class NoteKeeper {
  private readonly options: NoteKeeperOptions;
  private newest: SessionNote | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(options: NoteKeeperOptions) {
    this.options = options;
  }

  keep(note: SessionNote): void {
    this.newest = note;
    this.running ??= this.run();
  }

  /** Resolves when the newest note is kept or given up: what has not been kept after the next try is. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    for (let note = this.newest; note !== undefined; note = this.newest) {
      const kept = await this.try(note);
      if (this.newest === note && (kept || this.stopping.signal.aborted)) this.newest = undefined;
      else if (!kept) await this.pause();
    }
    this.running = undefined;
  }

  /** True also when it is not wanted any more. */
  private async try(note: SessionNote): Promise<boolean> {
    const { leases, lease, logger } = this.options;
    try {
      if (!(await leases.remember(lease, JSON.stringify(note), HANDLE_LIFE_MS)))
        logger.warn('the Live session has another owner: its handle is left alone');
      return true;
    } catch (error) {
      logger.warn({ err: error }, 'the handle of the Live session cannot be kept now');
      return false;
    }
  }

  private async pause(): Promise<void> {
    const { signal } = this.stopping;
    if (!signal.aborted) await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
  }
}
