/** How a sound is made. */
export type Manner = 'vowel' | 'glide' | 'nasal' | 'fricative' | 'stop' | 'affricate' | 'breath';

export interface PhonemeTraits {
  readonly manner: Manner;
  readonly voiced: boolean;
  /** Hertz: the first three formants, of a man's voice; for a consonant, where they would go. */
  readonly formants: Formants;
  /** Where a diphthong goes to. */
  readonly glidesTo?: Formants;
  /** Milliseconds, stressed and in the middle of a phrase. */
  readonly duration: number;
  /** Noise at the place of the sound: centre and bandwidth in hertz, and gain. */
  readonly noise?: readonly NoiseBand[];
}

export type Formants = readonly [number, number, number];
export type NoiseBand = readonly [centre: number, bandwidth: number, gain: number];

const vowel = (formants: Formants, duration: number, glidesTo?: Formants): PhonemeTraits => ({
  manner: 'vowel',
  voiced: true,
  formants,
  duration,
  ...(glidesTo ? { glidesTo } : {}),
});
const consonant = (
  manner: Manner,
  voiced: boolean,
  formants: Formants,
  duration: number,
  ...noise: NoiseBand[]
): PhonemeTraits => ({ manner, voiced, formants, duration, noise });

const LIPS: Formants = [320, 850, 2150];
const TEETH: Formants = [320, 1350, 2550];
const RIDGE: Formants = [310, 1700, 2650];
const PALATE: Formants = [310, 1900, 2550];
const VELUM: Formants = [300, 1800, 2350];
const HISS: NoiseBand[] = [
  [5400, 1800, 0.8],
  [7600, 2200, 0.9],
];
const HUSH: NoiseBand[] = [
  [2700, 700, 1.5],
  [4600, 1500, 0.9],
];
const BREATHY: NoiseBand[] = [
  [1600, 2500, 0.08],
  [7400, 5000, 0.2],
];
const DENTAL: NoiseBand[] = [
  [1700, 2500, 0.05],
  [6600, 4500, 0.17],
];

/** The sounds of American English in ARPAbet; formants after Peterson and Barney (1952) and Klatt (1980). */
export const PHONEMES = {
  IY: vowel([300, 2250, 3000], 135),
  IH: vowel([400, 1950, 2550], 105),
  EH: vowel([550, 1800, 2500], 125),
  AE: vowel([680, 1720, 2450], 160),
  AA: vowel([740, 1130, 2500], 165),
  AO: vowel([600, 880, 2450], 165),
  AH: vowel([640, 1210, 2400], 115),
  UH: vowel([450, 1080, 2250], 115),
  UW: vowel([320, 980, 2250], 140),
  ER: vowel([480, 1320, 1650], 145),
  AX: vowel([510, 1420, 2430], 65),
  EY: vowel([490, 1950, 2550], 155, [330, 2250, 2850]),
  AY: vowel([730, 1230, 2450], 185, [390, 2000, 2600]),
  OY: vowel([560, 900, 2450], 205, [380, 2000, 2550]),
  AW: vowel([730, 1270, 2450], 195, [420, 950, 2300]),
  OW: vowel([540, 1080, 2350], 165, [370, 850, 2300]),
  W: consonant('glide', true, [300, 650, 2200], 65),
  Y: consonant('glide', true, [280, 2250, 3000], 60),
  R: consonant('glide', true, [330, 1150, 1500], 70),
  L: consonant('glide', true, [350, 1020, 2750], 65),
  M: consonant('nasal', true, [280, 950, 2150], 70),
  N: consonant('nasal', true, [280, 1650, 2600], 62),
  NG: consonant('nasal', true, [280, 2050, 2450], 75),
  HH: consonant('breath', false, [500, 1500, 2500], 65),
  F: consonant('fricative', false, LIPS, 95, ...BREATHY),
  V: consonant('fricative', true, LIPS, 60, ...BREATHY),
  TH: consonant('fricative', false, TEETH, 90, ...DENTAL),
  DH: consonant('fricative', true, TEETH, 45, ...DENTAL),
  S: consonant('fricative', false, RIDGE, 105, ...HISS),
  Z: consonant('fricative', true, RIDGE, 75, ...HISS),
  SH: consonant('fricative', false, PALATE, 110, ...HUSH),
  ZH: consonant('fricative', true, PALATE, 75, ...HUSH),
  P: consonant('stop', false, LIPS, 75, [900, 900, 0.5], [3500, 4000, 0.15]),
  B: consonant('stop', true, LIPS, 65, [700, 700, 0.4], [3000, 4000, 0.08]),
  T: consonant('stop', false, RIDGE, 65, [4300, 1800, 1], [6500, 2500, 0.5]),
  D: consonant('stop', true, RIDGE, 55, [3800, 1800, 0.7], [6000, 2500, 0.3]),
  K: consonant('stop', false, VELUM, 70, [0, 500, 1], [4200, 1500, 0.2]),
  G: consonant('stop', true, VELUM, 60, [0, 500, 0.7], [4000, 1500, 0.12]),
  CH: consonant('affricate', false, PALATE, 130, ...HUSH),
  JH: consonant('affricate', true, PALATE, 100, ...HUSH),
} satisfies Record<string, PhonemeTraits>;

export type Phoneme = keyof typeof PHONEMES;

export function isPhoneme(symbol: string): symbol is Phoneme {
  return Object.hasOwn(PHONEMES, symbol);
}

export function traitsOf(phoneme: Phoneme): PhonemeTraits {
  return PHONEMES[phoneme];
}

export function isVowel(phoneme: Phoneme): boolean {
  return traitsOf(phoneme).manner === 'vowel';
}
