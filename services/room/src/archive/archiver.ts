import { Inject, Injectable } from '@nestjs/common';
import type { RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import { CONFIG, EVENT_LOG } from '../ports.ts';
import type { RoomConfig } from '../room-config.ts';
import type { SegmentIndex } from './segment-index.ts';
import type { Line } from './segment-lines.ts';
import { Segments } from './segments.ts';

/** A segment with as many bytes is full. */
export const SEGMENT_BYTES = 256 * 1024;
/** Entries of one read of the log. */
const PAGE = 200;

/**
 * Moves events from the log into the archive. Any number of processes may do it at once, and any of them may die: a segment that is written
 * twice is the same, one that grew replaces the shorter one that begins with the same event, and the log gives up only what a listing has
 * shown to be in the archive.
 */
@Injectable()
export class Archiver {
  constructor(
    private readonly segments: Segments,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CONFIG) private readonly config: Pick<RoomConfig, 'ARCHIVE_EVENTS' | 'ARCHIVE_KEEP'>,
  ) {}

  /**
   * Archives full segments, or the `whole` conversation, and keeps in the log the entries among which a repeated key is looked for: until
   * it `forgets` them, when nobody can repeat any more what was said; then the log keeps the newest entry.
   * @throws StoreUnavailableError, LogUnavailableError: then the next call goes on where this one stopped
   */
  async archive(roomId: RoomId, { whole, forget }: { whole: boolean; forget: boolean }): Promise<void> {
    const [head, logFirst] = await Promise.all([this.log.head(roomId), this.log.first(roomId)]);
    if (head === 0 || logFirst === 0) return;
    const { index } = await this.segments.list(roomId, logFirst);
    if (!(await this.writeNew(roomId, index, { logFirst, head, whole }))) return;
    const { index: now } = await this.segments.list(roomId, logFirst);
    for (const segment of now.replaced()) await this.segments.remove(segment);
    const archived = now.archivedTo(logFirst) + 1;
    const before = forget ? archived : Math.min(archived, head - this.config.ARCHIVE_KEEP + 1);
    if (before > logFirst) await this.log.trim(roomId, before);
  }

  /** Writes what is not archived yet, up to `head`. False when somebody else has moved it meanwhile. */
  private async writeNew(
    roomId: RoomId,
    index: SegmentIndex,
    { logFirst, head, whole }: { logFirst: number; head: number; whole: boolean },
  ): Promise<boolean> {
    const archivedTo = index.archivedTo(logFirst);
    let lines = await this.begun(index, archivedTo);
    let bytes = bytesOf(lines);
    for (let after = archivedTo; after < head;) {
      const entries = await this.log.read(roomId, after, Math.min(PAGE, head - after));
      if (entries[0]?.seq !== after + 1) return false;
      for (const entry of entries) {
        lines.push(entry);
        bytes += entry.data.byteLength;
        after = entry.seq;
        if (lines.length < this.config.ARCHIVE_EVENTS && bytes < SEGMENT_BYTES) continue;
        await this.segments.write(roomId, lines);
        [lines, bytes] = [[], 0];
      }
    }
    if (whole && (lines.at(-1)?.seq ?? 0) > archivedTo) await this.segments.write(roomId, lines);
    return true;
  }

  /** The lines of the newest segment if it is not full, so that it goes on instead of another small one. */
  private async begun(index: SegmentIndex, archivedTo: number): Promise<Line[]> {
    const newest = index.holding(archivedTo);
    if (newest === undefined || newest.last - newest.first + 1 >= this.config.ARCHIVE_EVENTS) return [];
    const lines = (await this.segments.read(newest))?.lines(newest.first, newest.last) ?? [];
    return bytesOf(lines) < SEGMENT_BYTES ? lines : [];
  }
}

function bytesOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { data }) => sum + data.byteLength, 0);
}
