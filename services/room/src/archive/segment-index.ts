import type { Segment } from './segment.ts';

/** A stretch of sequences without a gap. */
export interface Run {
  readonly first: number;
  readonly last: number;
}

/** The segments of a room as they were listed, and what they hold together. They may overlap: then they say the same. */
export class SegmentIndex {
  /** All of them, by their first sequence. */
  readonly all: readonly Segment[];
  /** Those that add something to the ones before: both their first and their last sequences grow. */
  private readonly cover: readonly Segment[];
  private readonly runs: readonly Run[];

  constructor(segments: readonly Segment[]) {
    this.all = segments.toSorted((one, other) => one.first - other.first || other.last - one.last);
    const cover: Segment[] = [];
    const runs: { first: number; last: number }[] = [];
    for (const segment of this.all) {
      const run = runs.at(-1);
      if (run !== undefined && segment.last <= run.last) continue;
      cover.push(segment);
      if (run !== undefined && segment.first <= run.last + 1) run.last = segment.last;
      else runs.push({ first: segment.first, last: segment.last });
    }
    this.cover = cover;
    this.runs = runs;
  }

  /** What is archived without a gap in front of a log whose oldest entry is `logFirst`, which may go on in the log. */
  before(logFirst: number): Run | undefined {
    return this.runs.find(({ first, last }) => first < logFirst && last >= logFirst - 1);
  }

  /** The newest event that is archived together with everything that the log has before it. */
  archivedTo(logFirst: number): number {
    return (
      this.runs.find(({ first, last }) => first <= logFirst && last >= logFirst - 1)?.last ?? logFirst - 1
    );
  }

  /** Those in whose place a longer one stands that begins with the same event. */
  replaced(): Segment[] {
    return this.all.filter(({ first }, place) => this.all[place - 1]?.first === first);
  }

  /** The segment that holds the event and most of those behind it. */
  holding(seq: number): Segment | undefined {
    let [low, high] = [0, this.cover.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.cover[middle]?.first ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    const segment = this.cover[low - 1];
    return segment !== undefined && segment.last >= seq ? segment : undefined;
  }
}
