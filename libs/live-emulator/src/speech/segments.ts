import type { Phone } from './lexicon.ts';
import type { Formants, NoiseBand, PhonemeTraits } from './phonemes.ts';
import { isVowel, traitsOf } from './phonemes.ts';

/** A stretch of sound in which everything but the formants and the pitch stays as it is. */
export interface Segment {
  /** Milliseconds. */
  readonly duration: number;
  readonly from: Formants;
  readonly to: Formants;
  /** Milliseconds that its formants take to come from, or go to, its neighbours. */
  readonly transition: number;
  /** How much its formants give in to a neighbour's: 0 not at all, 1 wholly. */
  readonly yields: number;
  /** Amplitudes from 0 to 1: the voice, breath through the mouth, noise at the place of the sound. */
  readonly voice: number;
  readonly breath: number;
  readonly noise: number;
  readonly bands: readonly NoiseBand[];
  readonly nasal: boolean;
  readonly vowel: boolean;
  readonly stressed: boolean;
}

interface Place {
  readonly stressed: boolean;
  /** Among the last sounds of the phrase, which are drawn out. */
  readonly final: boolean;
  readonly next: PhonemeTraits | null;
  readonly nextStressed: boolean;
  readonly afterS: boolean;
}

const UNSTRESSED = 0.8;
const FINAL = 1.35;
const BURST_MS = 12;
const SILENT: Pick<Segment, 'voice' | 'breath' | 'noise' | 'bands' | 'nasal' | 'vowel' | 'stressed'> = {
  voice: 0,
  breath: 0,
  noise: 0,
  bands: [],
  nasal: false,
  vowel: false,
  stressed: false,
};

/** Lays the sounds of a phrase out in time. `rate` is relative to the usual speed. */
export function segmentsOf(words: readonly (readonly Phone[])[], rate: number): Segment[] {
  const phones = words.flat();
  const lastVowel = phones.findLastIndex(({ phoneme }) => isVowel(phoneme));
  return phones.flatMap(({ phoneme, stressed }, index) => {
    const next = phones[index + 1];
    const place: Place = {
      stressed,
      final: lastVowel >= 0 && index >= lastVowel,
      next: next ? traitsOf(next.phoneme) : null,
      nextStressed: next?.stressed ?? false,
      afterS: phones[index - 1]?.phoneme === 'S',
    };
    return layOut(traitsOf(phoneme), place).map((segment) => ({
      ...segment,
      duration: segment.duration / rate,
    }));
  });
}

function layOut(traits: PhonemeTraits, place: Place): Segment[] {
  const still = { ...SILENT, from: traits.formants, to: traits.formants };
  const bands = traits.noise ?? [];
  const drawn = place.final ? FINAL : 1;
  switch (traits.manner) {
    case 'vowel':
      return [
        {
          ...still,
          to: traits.glidesTo ?? traits.formants,
          duration: traits.duration * (place.stressed ? 1 : UNSTRESSED) * drawn,
          transition: 55,
          yields: 0.45,
          voice: place.stressed ? 1 : 0.8,
          breath: 0.02,
          vowel: true,
          stressed: place.stressed,
        },
      ];
    case 'glide':
      return [{ ...still, duration: traits.duration * drawn, transition: 45, yields: 0.25, voice: 0.72 }];
    case 'nasal':
      return [
        {
          ...still,
          duration: traits.duration * drawn,
          transition: 25,
          yields: 0.35,
          voice: 0.62,
          nasal: true,
        },
      ];
    case 'breath': {
      const shape = place.next?.formants ?? traits.formants;
      return [
        {
          ...SILENT,
          from: shape,
          to: shape,
          duration: traits.duration,
          transition: 20,
          yields: 0.5,
          voice: 0.04,
          breath: 0.4,
        },
      ];
    }
    case 'fricative':
      return [
        {
          ...still,
          duration: traits.duration * (place.final ? 1.2 : 1),
          transition: 30,
          yields: 0.3,
          voice: traits.voiced ? 0.42 : 0,
          noise: traits.voiced ? 0.55 : 1,
          bands,
        },
      ];
    case 'affricate':
      return [
        {
          ...still,
          duration: traits.duration * 0.42,
          transition: 20,
          yields: 0.3,
          voice: traits.voiced ? 0.12 : 0,
        },
        {
          ...still,
          duration: traits.duration * 0.58,
          transition: 25,
          yields: 0.3,
          voice: traits.voiced ? 0.25 : 0,
          noise: 0.95,
          bands,
        },
      ];
    case 'stop':
      return layOutStop(traits, place);
  }
}

/** Closure, burst, and after an unvoiced stop the breath before the voice sets in. */
function layOutStop(traits: PhonemeTraits, { next, nextStressed, afterS, final }: Place): Segment[] {
  const velar = traits.noise?.[0]?.[0] === 0;
  const nextF2 = next?.formants[1] ?? 1500;
  const locus: Formants = velar
    ? [300, Math.min(2300, nextF2 + 250), Math.max(2200, nextF2 + 450)]
    : traits.formants;
  const bands = (traits.noise ?? []).map(([centre, bandwidth, gain]): NoiseBand => [
    centre || locus[1],
    bandwidth,
    gain,
  ]);
  const still = { ...SILENT, from: locus, to: locus, yields: 0.3 };
  const segments: Segment[] = [
    { ...still, duration: traits.duration, transition: 25, voice: traits.voiced ? 0.14 : 0 },
  ];
  const released = next === null || next.manner !== 'stop';
  if (released) {
    segments.push({
      ...still,
      duration: BURST_MS,
      transition: 8,
      voice: traits.voiced ? 0.2 : 0,
      noise: 0.8,
      bands,
    });
  }
  if (!traits.voiced && released && !afterS && next && (next.manner === 'vowel' || next.manner === 'glide')) {
    const duration = nextStressed || next.manner === 'glide' ? 42 : 22;
    segments.push({
      ...still,
      from: locus,
      to: next.formants,
      duration,
      transition: 10,
      yields: 0.5,
      breath: 0.3,
    });
  } else if (!traits.voiced && final && next === null) {
    segments.push({ ...still, duration: 30, transition: 10, breath: 0.1 });
  }
  return segments;
}
