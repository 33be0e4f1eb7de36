import { Buffer } from 'node:buffer';
import { SAMPLE_RATE } from '../speech/sample-rate.ts';
import { speak } from '../speech/speak.ts';

/** Speech at 24 kHz to play to a session: about 2.5 seconds. */
export function speechSample(): Int16Array {
  const phrases = [...speak('We should launch the new portal in November', 'Kore')];
  return Int16Array.from(phrases.flatMap(({ samples }) => [...samples.subarray(0, -0.3 * SAMPLE_RATE)]));
}

export function silence(seconds: number): Int16Array {
  return new Int16Array(Math.round(seconds * SAMPLE_RATE));
}

/** The chunks that a microphone would send, of 40 ms. */
export function* microphoneChunks(samples: Int16Array): Generator<{ data: string; mimeType: string }, void> {
  const size = (SAMPLE_RATE * 40) / 1000;
  for (let at = 0; at < samples.length; at += size) {
    const chunk = samples.subarray(at, at + size);
    const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('base64');
    yield { data, mimeType: `audio/pcm;rate=${SAMPLE_RATE}` };
  }
}
