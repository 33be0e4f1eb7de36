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
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export function windowRange(lines: readonly Keyed[], { top }: LineWindow): Range {
  const last = Math.max(0, lines.length - WINDOW);
  const found = top === undefined ? -1 : lines.findIndex(({ key }) => key === top);
  const from = found < 0 ? last : found;
  return { from, to: Math.min(lines.length, from + WINDOW) };
}

/** The window that stays where it is while lines are added at both ends. */
export function held(lines: readonly Keyed[], window: LineWindow): LineWindow {
  return { top: lines[windowRange(lines, window).from]?.key };
}

/** One step towards the beginning; the same window when it is there already. */
export function earlier(lines: readonly Keyed[], window: LineWindow): LineWindow {
  const { from } = windowRange(lines, window);
  return from === 0 ? window : { top: lines[Math.max(0, from - STEP)]?.key };
}

/** One step towards the end. */
export function later(lines: readonly Keyed[], window: LineWindow): LineWindow {
  const { from } = windowRange(lines, window);
  return { top: lines[Math.min(Math.max(0, lines.length - WINDOW), from + STEP)]?.key };
}
