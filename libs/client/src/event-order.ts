/** Keeps a stream of sequence numbers free of gaps and doubles. */
export class EventOrder {
  #last: number | null;

  /** @param last sequence of the newest event that is known already, null if none is */
  constructor(last: number | null = null) {
    this.#last = last;
  }

  get last(): number | null {
    return this.#last;
  }

  /** The stream goes on after this sequence, whatever was before. */
  startAfter(seq: number): void {
    this.#last = seq;
  }

  /** Whether the event with this sequence is the next one, one that was there before, or one after a gap. */
  accept(seq: number): 'next' | 'double' | 'gap' {
    const last = this.#last ?? 0;
    if (seq <= last) return 'double';
    if (seq > last + 1) return 'gap';
    this.#last = seq;
    return 'next';
  }

  /** Whether the event with this sequence should be here by now and is not. */
  misses(head: number): boolean {
    return head > (this.#last ?? 0);
  }
}
