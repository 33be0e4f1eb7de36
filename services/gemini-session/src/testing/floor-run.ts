import { newId } from '@studio/contracts';
import type { Floor, FloorOutput, Speaker } from '../floor/floor.ts';
import { frames, join } from './synthetic-speech.ts';

export const FRAME_MS = 20;

export type TimedOutput = FloorOutput & { readonly atMs: number };

/** Somebody with one microphone. */
export function speaker(name: string, source: number): Speaker {
  return { actor: { id: newId(), name, kind: 'person' }, source };
}

/** Something that happens at a moment, after the frames of that moment. */
export interface Moment {
  readonly atMs: number;
  readonly act: (floor: Floor, now: number) => readonly FloorOutput[];
}

/** What microphones side by side give, frame by frame in real time from `fromMs` on. */
export function run(
  floor: Floor,
  streams: ReadonlyMap<Speaker, Uint8Array>,
  moments: readonly Moment[] = [],
  fromMs = 0,
): TimedOutput[] {
  const outputs: TimedOutput[] = [];
  const cut = [...streams].map(([who, pcm]) => ({ who, frames: [...frames(pcm, FRAME_MS)] }));
  const untilMs = Math.max(
    ...cut.map(({ frames }) => frames.length * FRAME_MS),
    ...moments.map(({ atMs }) => atMs + FRAME_MS),
  );
  for (let atMs = 0; atMs < untilMs; atMs += FRAME_MS) {
    const now = fromMs + atMs;
    const take = (list: Iterable<FloorOutput>) => {
      // Audio is to be used before the next output is asked for.
      for (const output of list)
        outputs.push(
          output.type === 'audio' ? { ...output, pcm: output.pcm.slice(), atMs } : { ...output, atMs },
        );
    };
    for (const { who, frames: own } of cut) {
      const frame = own[atMs / FRAME_MS];
      if (frame !== undefined) take(floor.frame(who, frame, now));
    }
    for (const { act } of moments.filter((moment) => moment.atMs === atMs)) take(act(floor, now));
    if (atMs % floor.tickMs === 0) take(floor.tick(now));
  }
  return outputs;
}

/** Who was heard, in order, and where it ended. */
export function turns(outputs: readonly FloorOutput[]): string[] {
  return outputs.flatMap((output) =>
    output.type === 'start' ? output.actor.name : output.type === 'end' ? '.' : [],
  );
}

/** Everything that Gemini would be given. */
export function heard(outputs: readonly FloorOutput[]): Uint8Array {
  return join(...outputs.flatMap((output) => (output.type === 'audio' ? output.pcm : [])));
}

/** Where a part lies in a stream, in bytes; -1: nowhere. */
export function find(pcm: Uint8Array, part: Uint8Array): number {
  return Buffer.from(pcm).indexOf(Buffer.from(part));
}
