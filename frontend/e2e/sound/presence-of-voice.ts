import { bestFit } from './correlation.ts';
import { RATE, Sound } from './sound.ts';

/** A voice is looked for in windows of this length, moved on by this step. Milliseconds. */
const WINDOW_MS = 60;
const STEP_MS = 10;
/** So much of a voice's beginning tells where in the sound it lies, in seconds. */
const BEGINNING_S = 1.5;
/** How much of the voice must be in a window: 1 is all of it. */
const HALF = 0.5;
/** Windows in which the voice itself is quieter than this tell nothing; root mean square. */
const QUIET = 0.01;

/**
 * When a known voice was last heard in a sound in which others speak too: the end of the last window that still holds at least half of it.
 * Each window is explained as a sum of the known voices, each as loud as fits best (least squares), so that they do not pass for one another.
 * @param voice what would be heard if nothing stopped it
 * @param others what else is heard, each as it lies in time
 * @returns milliseconds since the epoch; undefined when the voice is not in the sound at all
 */
export function lastHeard(heard: Sound, voice: Sound, others: readonly Sound[]): number | undefined {
  const { correlation, at } = bestFit(heard.samples, voice.samples.subarray(0, BEGINNING_S * RATE));
  if (correlation < HALF) return undefined;
  const known = [
    new Sound(voice.samples, heard.startedAt + (at / RATE) * 1_000),
    ...others.map((other) => placed(other, heard)),
  ];
  const length = (WINDOW_MS / 1_000) * RATE;
  const step = (STEP_MS / 1_000) * RATE;
  let last: number | undefined;
  for (
    let from = at;
    from + length <= Math.min(heard.samples.length, at + voice.samples.length);
    from += step
  ) {
    const time = heard.startedAt + (from / RATE) * 1_000;
    const window = heard.samples.subarray(from, from + length);
    const parts = known.map((sound) => stretch(sound, time, length));
    if (rms(parts[0]!) < QUIET) continue;
    const shares = leastSquares(window, parts);
    if ((shares[0] ?? 0) > HALF && explained(window, parts, shares) > HALF) last = time + WINDOW_MS;
  }
  return last;
}

/** The sound where it lies in what was heard; nothing of it when it is not there. */
function placed(sound: Sound, heard: Sound): Sound {
  const { correlation, at } = bestFit(heard.samples, sound.samples.subarray(0, BEGINNING_S * RATE));
  if (correlation < HALF) return new Sound(new Float32Array(0), heard.startedAt);
  return new Sound(sound.samples, heard.startedAt + (at / RATE) * 1_000);
}

/** So many samples of a sound from a time on, with silence where it has none. */
function stretch(sound: Sound, time: number, length: number): Float32Array {
  const first = Math.round(((time - sound.startedAt) / 1_000) * RATE);
  return Float32Array.from({ length }, (_, index) => sound.samples[first + index] ?? 0);
}

/** How much of each part is in the window: the solution of the normal equations of at most two parts. */
function leastSquares(window: Float32Array, [a, b]: readonly Float32Array[]): number[] {
  if (a === undefined) return [];
  const [aa, aw] = [dot(a, a), dot(a, window)];
  if (b === undefined || rms(b) < QUIET / 10) return [aw / aa];
  const [bb, ab, bw] = [dot(b, b), dot(a, b), dot(b, window)];
  const determinant = aa * bb - ab * ab;
  return [(aw * bb - bw * ab) / determinant, (bw * aa - aw * ab) / determinant];
}

/** How much of the window's energy the sum of the parts accounts for, at most 1. */
function explained(window: Float32Array, parts: readonly Float32Array[], shares: readonly number[]): number {
  const rest = window.map((sample, index) =>
    parts.reduce((left, part, number) => left - (shares[number] ?? 0) * part[index]!, sample),
  );
  return 1 - dot(rest, rest) / dot(window, window);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  a.forEach((sample, index) => (sum += sample * b[index]!));
  return sum;
}

function rms(samples: Float32Array): number {
  return Math.sqrt(dot(samples, samples) / samples.length);
}
