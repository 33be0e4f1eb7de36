/** So many lines are in the page at most; the rest of a long conversation is shown as one scrolls. */
const WINDOW = 240;
const STEP = 80;

/** Which lines are in the page: those from the one with the key `top` on, or the last ones when it is undefined. */
export interface LineWindow {
  readonly top: string | undefined;
}

export const AT_END: LineWindow = { top: undefined };

interface Keyed {
  readonly key: string;
  readonly kind: string;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export function windowRange(lines: readonly Keyed[], { top }: LineWindow): Range {
  const last = Math.max(0, lines.length - WINDOW);
  const found = top === undefined ? -1 : lines.findIndex(({ key }) => key === top);
  // With the date that stands above it.
  const from = found < 0 ? last : lines[found - 1]?.kind === 'day' ? found - 1 : found;
  return { from, to: Math.min(lines.length, from + WINDOW) };
}

/** The window that stays where it is while lines are added at both ends. */
export function held(lines: readonly Keyed[], window: LineWindow): LineWindow {
  return { top: keyFrom(lines, windowRange(lines, window).from) };
}

/** The window in whose middle the line at this index stands. */
export function around(lines: readonly Keyed[], index: number): LineWindow {
  return { top: keyFrom(lines, Math.max(0, index - WINDOW / 2)) };
}

/** One step towards the beginning; the same window when it is there already. */
export function earlier(lines: readonly Keyed[], window: LineWindow): LineWindow {
  const { from } = windowRange(lines, window);
  return from === 0 ? window : { top: keyFrom(lines, Math.max(0, from - STEP)) };
}

/** One step towards the end. */
export function later(lines: readonly Keyed[], window: LineWindow): LineWindow {
  const { from } = windowRange(lines, window);
  return { top: keyFrom(lines, Math.min(Math.max(0, lines.length - WINDOW), from + STEP)) };
}

/** A line that stays: the date above the first line goes when history of the same day comes in front. */
function keyFrom(lines: readonly Keyed[], index: number): string | undefined {
  for (let at = index; at < lines.length; at++) {
    const line = lines[at];
    if (line && line.kind !== 'day') return line.key;
  }
  return undefined;
}
