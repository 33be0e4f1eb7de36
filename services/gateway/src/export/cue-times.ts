/** Speech is taken to have this many characters a second: about 160 words a minute, with 5.6 characters a word and its space. */
const SPOKEN_PER_SECOND = 15;
/** A typed line is shown as long as it takes to read: subtitles are read at about 17 characters a second. */
const READ_PER_SECOND = 17;
const SHORTEST_MS = 1_000;
/** Nobody reads a caption for longer. */
const LONGEST_READ_MS = 10_000;

/** When a caption is shown, in milliseconds from the beginning. */
export interface CueTimes {
  readonly start: number;
  readonly end: number;
}

/**
 * When the captions of a conversation are shown. A spoken turn is kept when it is complete, so that only its end is known: its start is
 * estimated from its length, and lies behind the turn before. Captions begin in their order, as WebVTT demands; a typed line may stay
 * while somebody speaks.
 */
export class CueClock {
  private lastStart = 0;
  private speechEnd = 0;

  /** @param end when the turn was complete, milliseconds from the beginning */
  speech(end: number, characters: number): CueTimes {
    const spoken = Math.max(SHORTEST_MS, (characters / SPOKEN_PER_SECOND) * 1_000);
    const start = Math.max(end - spoken, this.speechEnd, this.lastStart);
    return this.shown({ start, end: (this.speechEnd = Math.max(end, start + SHORTEST_MS)) });
  }

  /** @param start when the line was written */
  chat(start: number, characters: number): CueTimes {
    const read = (characters / READ_PER_SECOND) * 1_000;
    const from = Math.max(start, this.lastStart);
    return this.shown({
      start: from,
      end: from + Math.min(LONGEST_READ_MS, Math.max(SHORTEST_MS, read)),
    });
  }

  private shown({ start, end }: CueTimes): CueTimes {
    this.lastStart = start;
    return { start: Math.round(start), end: Math.round(end) };
  }
}
