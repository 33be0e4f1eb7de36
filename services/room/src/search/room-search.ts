import { setImmediate as soon } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SearchHit } from '@studio/contracts';
import type { RoomHits, RoomId } from '@studio/contracts';
import { decodeJson } from '@studio/bus';
import { History } from '../archive/history.ts';
import type { Kept } from '../archive/history.ts';
import { SegmentLines } from '../archive/segment-lines.ts';
import { Segments } from '../archive/segments.ts';
import { matchText } from './match.ts';
import type { Term } from './search-query.ts';
import { lineFilter, SpokenLines } from './spoken-lines.ts';

/** Lines of the log that are looked through at once. */
const LOG_LINES = 500;
/** Segments that are read ahead, at the same time. */
const AHEAD = 6;
/** The longest time for which others may have to wait. Milliseconds. */
const BUSY_MS = 8;

export interface Looked extends RoomHits {
  /** Whether the beginning of the conversation was reached, or enough was found: not when the time was over. */
  readonly inTime: boolean;
}

interface Piece {
  readonly lines: SegmentLines;
  /** The newest line of it that is looked at. */
  readonly to: number;
}

/** Looks through conversations, the newest line first. */
@Injectable()
export class RoomSearch {
  /** What was said, of segments in memory. */
  private readonly spoken = new WeakMap<SegmentLines, SpokenLines>();

  constructor(
    private readonly history: History,
    private readonly segments: Segments,
  ) {}

  /**
   * At most `limit` lines before `before` in which all terms occur, as far as they are found within `budgetMs`.
   * @throws StudioError not_found, unavailable; StoreUnavailableError
   */
  look(
    roomId: RoomId,
    terms: readonly Term[],
    { before = Infinity, limit, budgetMs }: { before?: number; limit: number; budgetMs: number },
  ): Promise<Looked> {
    const deadline = performance.now() + budgetMs;
    return this.history.consistently(roomId, async (kept) => {
      const filter = lineFilter(terms);
      const hits: SearchHit[] = [];
      let busySince = performance.now();
      let at = Math.min(kept.head, before - 1);
      for await (const piece of this.pieces(roomId, kept, at)) {
        if (piece === undefined) return undefined;
        const { lines, to } = piece;
        const spoken = this.spokenIn(lines);
        for (at = to; at >= lines.first; at--) {
          if (performance.now() - busySince > BUSY_MS) {
            await soon();
            busySince = performance.now();
          }
          if (!filter(spoken.line(at))) continue;
          const hit = hitOf(lines.line(at), terms);
          if (hit !== undefined) hits.push(hit);
          if (hits.length === limit) return { hits, inTime: true, ...(at > kept.first && { next: at }) };
        }
        at = Math.max(lines.first, kept.first);
        if (at > kept.first && performance.now() > deadline) return { hits, next: at, inTime: false };
      }
      return { hits, inTime: true };
    });
  }

  /** The conversation backwards from `from`; undefined as soon as something of it is not where it was. */
  private async *pieces(roomId: RoomId, kept: Kept, from: number): AsyncGenerator<Piece | undefined> {
    let at = from;
    // What is archived is read from there, because it is kept in memory.
    const archived = kept.index.before(kept.logFirst)?.last ?? 0;
    while (at >= kept.first && at > archived) {
      const first = Math.max(kept.first, archived + 1, at - LOG_LINES + 1);
      const lines = await this.history.read(roomId, kept, first, at);
      if (lines === undefined) {
        yield undefined;
        return;
      }
      yield { lines: SegmentLines.parse(first, at, SegmentLines.encode(lines)), to: at };
      at = first - 1;
    }
    if (at >= kept.first && !this.history.mayUse(kept)) {
      yield undefined;
      return;
    }
    const reading: { to: number; lines: Promise<SegmentLines | undefined> }[] = [];
    while (at >= kept.first || reading.length > 0) {
      while (at >= kept.first && reading.length < AHEAD) {
        const segment = kept.index.holding(at);
        if (segment === undefined) {
          yield undefined;
          return;
        }
        const lines = this.segments.read(segment);
        // It is waited for later, if at all.
        lines.catch(() => undefined);
        reading.push({ to: at, lines });
        at = segment.first - 1;
      }
      const next = reading.shift();
      const lines = await next?.lines;
      if (next === undefined || lines === undefined) {
        yield undefined;
        return;
      }
      yield { lines, to: next.to };
    }
  }

  private spokenIn(lines: SegmentLines): SpokenLines {
    const spoken = this.spoken.get(lines) ?? new SpokenLines(lines);
    this.spoken.set(lines, spoken);
    return spoken;
  }
}

/** Our own lines: what they are is known. */
function hitOf(data: Uint8Array, terms: readonly Term[]): SearchHit | undefined {
  const event = decodeJson(data) as Pick<SearchHit, 'seq' | 'at' | 'actor'> & {
    body: { type: string; text: string };
  };
  const { seq, at, actor, body } = event;
  if (body.type !== 'chat' && body.type !== 'speech') return undefined;
  const match = matchText(body.text, terms);
  return match && { seq, at, actor, type: body.type, ...match };
}
