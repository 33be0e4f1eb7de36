interface Span {
  readonly from: number;
  to: number;
}

/** When brokers were away, in milliseconds of one clock. */
export class Downtime {
  readonly #spans: Span[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A broker is away from now on; the answer says that it is there again. */
  begin(): () => void {
    const span = { from: this.#now(), to: Infinity };
    this.#spans.push(span);
    return () => {
      span.to = this.#now();
    };
  }

  /** How much of the time between two moments all brokers were there, in milliseconds. */
  without(from: number, to: number): number {
    let clear = to - from;
    let covered = from;
    for (const span of this.#spans.toSorted((a, b) => a.from - b.from)) {
      const start = Math.max(span.from, covered);
      const end = Math.min(span.to, to);
      if (end <= start) continue;
      clear -= end - start;
      covered = end;
    }
    return clear;
  }
}
