import { toInt16 } from '@studio/audio';
import type { VoiceName } from '@studio/contracts';
import { phrasesOf } from './phrases.ts';
import { pronounce } from './pronounce.ts';
import { SAMPLE_RATE } from './sample-rate.ts';
import { segmentsOf } from './segments.ts';
import { timbreOf } from './timbre.ts';
import { tracksOf } from './tracks.ts';
import { sing } from './vocal-tract.ts';

/** A phrase as written, and its sound with the pause after it: mono, 16 bits, SAMPLE_RATE. */
export interface SpokenPhrase {
  readonly text: string;
  readonly samples: Int16Array<ArrayBuffer>;
}

/** The level of a phrase, as root mean square relative to full scale: -20 dBFS; and what its peaks must keep below. */
const LEVEL = 0.1;
const CEILING = 0.9;

/** Says a text, phrase by phrase, by rules; the same text in the same voice sounds the same each time. */
export function* speak(text: string, voice: VoiceName): Generator<SpokenPhrase, void> {
  const timbre = timbreOf(voice);
  for (const phrase of phrasesOf(text)) {
    const words = pronounce(phrase.text);
    const sound =
      words.length === 0
        ? new Float32Array(0)
        : sing(
            tracksOf(segmentsOf(words, timbre.rate), phrase.ending, timbre),
            SAMPLE_RATE,
            timbre.formantScale,
          );
    yield { text: phrase.text, samples: withPause(levelled(sound), phrase.pauseMs) };
  }
}

function levelled(sound: Float32Array): Float32Array {
  let sum = 0;
  let peak = 0;
  for (const sample of sound) {
    sum += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  if (sum === 0) return sound;
  const gain = Math.min(LEVEL / Math.sqrt(sum / sound.length), CEILING / peak);
  return sound.map((sample) => sample * gain);
}

function withPause(sound: Float32Array, pauseMs: number): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(sound.length + Math.round((pauseMs * SAMPLE_RATE) / 1000));
  samples.set(toInt16(sound));
  return samples;
}
