import { Inject, Injectable } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { RoomId, RpcRequest } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import { StoreUnavailableError } from '@studio/object-store';
import { eventWindow } from '../conversation/event-window.ts';
import type { EventWindow } from '../conversation/event-window.ts';
import { CLOCK, EVENT_LOG } from '../ports.ts';
import type { Clock } from '../ports.ts';
import type { Line } from './segment-lines.ts';
import { SegmentIndex } from './segment-index.ts';
import { Segments } from './segments.ts';

/** Retention on another replica shows after this at the latest. Milliseconds. */
const INDEX_AGE_MS = 60_000;
/** How often a read begins again because what it read was moved or deleted meanwhile. */
const TRIES = 10;

/** What there is of a room's conversation, and where. */
export interface Kept {
  /** The oldest event that is kept, and the newest. */
  readonly first: number;
  readonly head: number;
  /** The oldest entry of the log: what is older is in the archive. */
  readonly logFirst: number;
  readonly index: SegmentIndex;
  /** When the archive was listed, milliseconds since the epoch; Infinity when nothing was needed of it. */
  readonly listedAt: number;
  /** Why the archive could not be listed. */
  readonly away?: StoreUnavailableError;
}

/** The conversation as one, wherever its events are kept: in the log, or in segments of the archive. */
@Injectable()
export class History {
  constructor(
    private readonly segments: Segments,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The lines that a request means, with the side that is to be kept when they are too many bytes.
   * @throws StudioError not_found, invalid, unavailable; StoreUnavailableError when they are in the archive and it is away
   */
  async window(
    roomId: RoomId,
    request: Omit<RpcRequest<'room.events'>, 'roomId'>,
  ): Promise<{ lines: Line[]; keep: EventWindow['keep']; first: number; head: number }> {
    return this.consistently(roomId, async (kept) => {
      const { after, limit, keep } = eventWindow(request, kept);
      const lines = await this.read(roomId, kept, after + 1, Math.min(after + limit, kept.head));
      return lines && { lines, keep, first: kept.first, head: kept.head };
    });
  }

  /** The oldest event that can be had now, and the newest. @throws StudioError not_found */
  async bounds(roomId: RoomId): Promise<{ first: number; head: number }> {
    const { first, head, logFirst, away } = await this.kept(roomId, false);
    return { first: away === undefined ? first : logFirst, head };
  }

  /**
   * Does something with what is kept, and again with what is kept then when the answer is undefined: something was moved or deleted.
   * @throws StudioError not_found; unavailable when that happens again and again
   */
  async consistently<T>(roomId: RoomId, action: (kept: Kept) => Promise<T | undefined>): Promise<T> {
    for (let tries = 0; tries < TRIES; tries++) {
      const result = await action(await this.kept(roomId, tries > 0));
      if (result !== undefined) return result;
    }
    throw new StudioError('unavailable', 'The conversation is being tidied up now. Try again.');
  }

  /**
   * Lines `from` to `to`, all of them; undefined when that has become impossible since `kept` was found out.
   * @throws StoreUnavailableError
   */
  async read(roomId: RoomId, kept: Kept, from: number, to: number): Promise<Line[] | undefined> {
    const lines: Line[] = [];
    let next = from;
    if (next <= to && next < kept.logFirst && !this.mayUse(kept)) return undefined;
    while (next <= to && next < kept.logFirst) {
      const segment = kept.index.holding(next);
      const some =
        segment && (await this.segments.read(segment))?.lines(next, Math.min(to, kept.logFirst - 1));
      if (some === undefined) return undefined;
      for (const line of some) lines.push(line);
      next += some.length;
    }
    if (next > to) return lines;
    const entries = await this.log.read(roomId, next - 1, to - next + 1);
    if (entries[0]?.seq !== next) return undefined;
    for (const entry of entries) lines.push(entry);
    return lines;
  }

  /** Whether the archive is known well enough to be read. @throws StoreUnavailableError when it is away */
  mayUse({ away, listedAt }: Kept): boolean {
    if (away !== undefined) throw away;
    return this.clock() - listedAt <= INDEX_AGE_MS;
  }

  /** `anew`: what was known of the archive was wrong, or is too old. @throws StudioError not_found */
  private async kept(roomId: RoomId, anew: boolean): Promise<Kept> {
    const [end, logFirst] = await Promise.all([this.log.head(roomId), this.log.first(roomId)]);
    // Every room begins with `room.created`.
    if (end === 0 || logFirst === 0) throw new StudioError('not_found', 'There is no such room.');
    const head = Math.max(end, logFirst);
    if (logFirst === 1) return { first: 1, head, logFirst, index: new SegmentIndex([]), listedAt: Infinity };
    const known = anew ? undefined : this.segments.known(roomId);
    try {
      // Entries leave the log when they are in the archive. So if it had none in front of this entry when that was the oldest, they are gone.
      const { index, listedAt } =
        known !== undefined && (known.logFirst === logFirst || known.index.before(logFirst) !== undefined)
          ? known
          : await this.segments.list(roomId, logFirst);
      return { first: index.before(logFirst)?.first ?? logFirst, head, logFirst, index, listedAt };
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      // The log still answers for itself. Nobody knows now how far the conversation goes back.
      return { first: 1, head, logFirst, index: new SegmentIndex([]), listedAt: 0, away: error };
    }
  }
}
