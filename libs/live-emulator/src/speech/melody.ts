import type { Ending } from './phrases.ts';
import type { Segment } from './segments.ts';

/** Pitch relative to the voice's mean: where a phrase begins and ends, and how its last vowel moves. */
const BEGIN = 1.13;
const END = { statement: 0.9, question: 1.02, continuation: 0.98 } as const;
const LAST_MOVE = { statement: -0.16, question: 0.42, continuation: 0.07 } as const;
/** How much a stressed vowel stands out, and over what time, in milliseconds. */
const ACCENT = 0.13;
const ACCENT_WIDTH_MS = 95;

/** The pitch of a phrase in hertz, at a time in milliseconds from its beginning. */
export function melodyOf(
  segments: readonly Segment[],
  ending: Ending,
  pitch: number,
): (atMs: number) => number {
  let total = 0;
  const accents: number[] = [];
  let lastVowelAt = 0;
  for (const { duration, vowel, stressed } of segments) {
    if (vowel && stressed) accents.push(total + duration * 0.4);
    if (vowel) lastVowelAt = total;
    total += duration;
  }
  const finalSpan = Math.max(1, total - lastVowelAt);
  return (atMs) => {
    const slope = BEGIN + (END[ending] - BEGIN) * (atMs / Math.max(1, total));
    const accent = accents.reduce(
      (sum, at) => sum + ACCENT * Math.exp(-(((atMs - at) / ACCENT_WIDTH_MS) ** 2)),
      0,
    );
    const last = LAST_MOVE[ending] * Math.max(0, (atMs - lastVowelAt) / finalSpan);
    // Klatt's flutter: three slow sines that keep a long vowel from sounding like a machine.
    const seconds = atMs / 1000;
    const flutter = 0.006 * (Math.sin(79.8 * seconds) + Math.sin(44.6 * seconds) + Math.sin(29.5 * seconds));
    return pitch * (slope + Math.min(accent, ACCENT * 1.3) + last + flutter);
  };
}
