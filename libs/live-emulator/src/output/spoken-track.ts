import { bytesOf } from '@studio/audio';
import type { VoiceName } from '@studio/contracts';
import { speak } from '../speech/speak.ts';
import { SAMPLE_RATE } from '../speech/sample-rate.ts';
import { piecesOf } from './pieces.ts';

/** A chunk of voice, the text that goes out with it, and how long it plays. */
export interface SpokenChunk {
  readonly pcm: Buffer;
  readonly transcription: string | null;
  readonly seconds: number;
}

/** Bytes: 200 ms at first, then 240 ms, as the service cuts its voice. */
const FIRST_CHUNK = 9600;
const CHUNK = 11_520;
const BYTES_PER_SECOND = SAMPLE_RATE * 2;

/** Speaks a text and cuts it into chunks, making each phrase's sound only when it is needed. */
export function* spokenTrack(text: string, voice: VoiceName): Generator<SpokenChunk, void> {
  let buffered = Buffer.alloc(0);
  let bufferedAt = 0;
  let size = FIRST_CHUNK;
  let waiting: { readonly at: number; readonly piece: string }[] = [];
  const cut = (length: number): SpokenChunk => {
    const pcm = buffered.subarray(0, length);
    buffered = buffered.subarray(length);
    bufferedAt += length;
    size = CHUNK;
    const due = waiting.filter(({ at }) => at < bufferedAt);
    waiting = waiting.filter(({ at }) => at >= bufferedAt);
    const transcription = due.length === 0 ? null : due.map(({ piece }) => piece).join('');
    return { pcm, transcription, seconds: length / BYTES_PER_SECOND };
  };
  for (const phrase of speak(text, voice)) {
    const pieces = piecesOf(phrase.text);
    const start = bufferedAt + buffered.length;
    const length = phrase.samples.length * 2;
    waiting.push(...pieces.map((piece, i) => ({ at: start + (i / pieces.length) * length, piece })));
    buffered = Buffer.concat([buffered, bytesOf(phrase.samples)]);
    while (buffered.length >= size) yield cut(size);
  }
  if (buffered.length > 0) yield cut(buffered.length);
}
