import { Inject, Injectable } from '@nestjs/common';
import type { RoomId } from '@studio/contracts';
import { ABSENT, PreconditionFailedError, StoreUnavailableError } from '@studio/object-store';
import type { ObjectStore } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { decodeEvent } from '../conversation/event-data.ts';
import { CLOCK, LOGGER, OBJECT_STORE } from '../ports.ts';
import type { Clock } from '../ports.ts';
import { ByteCache } from './byte-cache.ts';
import { segmentMetadata, segmentName, segmentOf, segmentPrefix } from './segment.ts';
import type { Segment } from './segment.ts';
import { SegmentIndex } from './segment-index.ts';
import { SegmentLines } from './segment-lines.ts';
import type { Line } from './segment-lines.ts';

/** Contents that are kept in memory: more than 100,000 ordinary events. */
const CONTENT_BYTES = 64 * 1024 * 1024;
const INDEX_BYTES = 8 * 1024 * 1024;
/** About what one segment takes in an index. */
const BYTES_PER_SEGMENT = 250;
/** Segments of one call of the store. */
const PAGE = 998;

/** An index as it was read from the store at that time, milliseconds since the epoch. */
export interface ListedIndex {
  readonly index: SegmentIndex;
  readonly listedAt: number;
  /** The oldest entry that the log had then at the latest. */
  readonly logFirst: number;
}

/** The segments of rooms in the object store. Contents never change, so what was read once is kept. */
@Injectable()
export class Segments {
  private readonly indexes = new ByteCache<ListedIndex>(INDEX_BYTES);
  private readonly contents = new ByteCache<SegmentLines>(CONTENT_BYTES);

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The index that was listed last, if there is one. */
  known(roomId: RoomId): ListedIndex | undefined {
    return this.indexes.get(roomId);
  }

  /** All segments as they are now. `logFirst`: the oldest entry of the log as it was just read. @throws StoreUnavailableError */
  async list(roomId: RoomId, logFirst: number): Promise<ListedIndex> {
    const listedAt = this.clock();
    const segments: Segment[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await this.store.list(segmentPrefix(roomId), {
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const object of page.objects) {
        const segment = segmentOf(object);
        if (segment !== undefined) segments.push(segment);
        else this.logger.warn({ object: object.name }, 'an object among the segments is not one');
      }
      after = page.next;
    }
    const listed = { index: new SegmentIndex(segments), listedAt, logFirst };
    this.indexes.set(roomId, listed, BYTES_PER_SEGMENT * (segments.length + 1));
    return listed;
  }

  /** What the segment holds; undefined when it is not there any more. @throws StoreUnavailableError also when it is damaged */
  async read({ name, first, last }: Segment): Promise<SegmentLines | undefined> {
    const kept = this.contents.get(name);
    if (kept !== undefined) return kept;
    const object = await this.store.get(name);
    if (object === undefined) return undefined;
    try {
      const lines = SegmentLines.parse(first, last, object.data);
      this.contents.set(name, lines, object.data.byteLength + 4 * (last - first));
      return lines;
    } catch (error) {
      throw new StoreUnavailableError(`${name} is damaged: ${String(error)}`, { cause: error });
    }
  }

  /** Writes the lines as a segment; nothing happens when it is there. @throws StoreUnavailableError */
  async write(roomId: RoomId, lines: readonly Line[]): Promise<void> {
    const [first, last] = [lines[0], lines.at(-1)];
    if (first === undefined || last === undefined) return;
    const metadata = segmentMetadata({ from: decodeEvent(first.data).at, to: decodeEvent(last.data).at });
    try {
      await this.store.put(segmentName(roomId, first.seq, last.seq), SegmentLines.encode(lines), {
        expect: ABSENT,
        metadata,
      });
    } catch (error) {
      // Somebody else has written the same.
      if (!(error instanceof PreconditionFailedError)) throw error;
    }
  }

  async remove({ name }: Pick<Segment, 'name'>): Promise<void> {
    await this.store.delete(name);
    this.contents.delete(name);
  }

  /** Removes everything under the room's prefix. */
  async removeAll(roomId: RoomId): Promise<void> {
    for (let more = true; more;) {
      const { objects, next } = await this.store.list(segmentPrefix(roomId), { limit: PAGE });
      for (const object of objects) await this.remove(object);
      more = next !== undefined;
    }
    this.indexes.delete(roomId);
  }
}
