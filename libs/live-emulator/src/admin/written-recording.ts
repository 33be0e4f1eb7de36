import { bytesOf, samplesOf } from '@studio/audio';
import type { Recording } from '../inspection/recording.ts';

/** A recording as it goes over HTTP: PCM (s16le) in base64. */
export interface WrittenRecording {
  readonly connection: number;
  readonly frames: readonly { readonly at: number; readonly pcm: string }[];
}

export function writtenRecording({ connection, frames }: Recording): WrittenRecording {
  return {
    connection,
    frames: frames.map(({ at, samples }) => ({ at, pcm: Buffer.from(bytesOf(samples)).toString('base64') })),
  };
}

export function readRecording({ connection, frames }: WrittenRecording): Recording {
  return {
    connection,
    frames: frames.map(({ at, pcm }) => ({ at, samples: samplesOf(Buffer.from(pcm, 'base64')) })),
  };
}
