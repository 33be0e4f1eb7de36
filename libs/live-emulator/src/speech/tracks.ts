import { melodyOf } from './melody.ts';
import type { Formants, NoiseBand } from './phonemes.ts';
import type { Ending } from './phrases.ts';
import type { Segment } from './segments.ts';
import type { Timbre } from './timbre.ts';

/** How often the shape of the mouth is told anew, in milliseconds. */
export const FRAME_MS = 5;

/** Everything that the vocal tract does at one moment. */
export interface Frame {
  /** Hertz. */
  readonly pitch: number;
  readonly formants: Formants;
  readonly voice: number;
  readonly breath: number;
  readonly noise: number;
  readonly bands: readonly NoiseBand[];
  readonly nasal: boolean;
}

/** The movement of the mouth through the segments of a phrase. */
export function tracksOf(segments: readonly Segment[], ending: Ending, timbre: Timbre): Frame[] {
  const melody = melodyOf(segments, ending, timbre.pitch);
  const frames: Frame[] = [];
  let startMs = 0;
  for (const [index, segment] of segments.entries()) {
    const enter = meeting(segments[index - 1], segment, segment.from);
    const leave = meetingAfter(segment, segments[index + 1]);
    const endMs = startMs + segment.duration;
    for (let at = frames.length * FRAME_MS; at < endMs; at = frames.length * FRAME_MS) {
      const formants = shapeAt(segment, at - startMs, enter, leave);
      frames.push({
        pitch: melody(at),
        formants: scaled(formants, timbre.formantScale),
        voice: segment.voice,
        breath: segment.breath + segment.voice * timbre.breath * 0.12,
        noise: segment.noise,
        bands: segment.bands,
        nasal: segment.nasal,
      });
    }
    startMs = endMs;
  }
  return frames;
}

/** The formants at the border of two segments: nearer to the one that gives in less. */
function meeting(before: Segment | undefined, after: Segment, own: Formants): Formants {
  if (!before) return own;
  const toAfter = before.yields / (before.yields + after.yields);
  return blend(before.to, after.from, toAfter);
}

function meetingAfter(segment: Segment, next: Segment | undefined): Formants {
  return next ? meeting(segment, next, segment.to) : segment.to;
}

function shapeAt(segment: Segment, at: number, enter: Formants, leave: Formants): Formants {
  const { duration, transition, from, to } = segment;
  const steady = blend(from, to, smooth((at / duration - 0.2) / 0.7));
  const span = Math.min(transition, duration / 2);
  if (at < span) return blend(enter, steady, smooth(at / span));
  const left = duration - at;
  return left < span ? blend(leave, steady, smooth(left / span)) : steady;
}

function blend(a: Formants, b: Formants, part: number): Formants {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];
}

function scaled([f1, f2, f3]: Formants, scale: number): Formants {
  return [f1 * scale, f2 * scale, f3 * scale];
}

/** From 0 to 1 with a soft beginning and end. */
function smooth(part: number): number {
  const within = Math.min(1, Math.max(0, part));
  return within * within * (3 - 2 * within);
}
