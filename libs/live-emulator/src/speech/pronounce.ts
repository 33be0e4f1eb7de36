import { lettersToSound } from './letters-to-sound.ts';
import type { Phone } from './lexicon.ts';
import { lookUp } from './lexicon.ts';
import { numberInWords } from './numbers.ts';
import type { Phoneme } from './phonemes.ts';
import { isVowel, traitsOf } from './phonemes.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  '%': ' percent ',
  '&': ' and ',
  '+': ' plus ',
  '@': ' at ',
  '=': ' equals ',
  '€': ' euros ',
  $: ' dollars ',
};
const LETTER_NAMES: Readonly<Record<string, string>> = {
  a: 'ay', b: 'bee', c: 'see', d: 'dee', e: 'ee', f: 'eff', g: 'jee', h: 'aitch', i: 'i', j: 'jay', k: 'kay',
  l: 'ell', m: 'em', n: 'en', o: 'oh', p: 'pee', q: 'cue', r: 'ar', s: 'ess', t: 'tee', u: 'you', v: 'vee',
  w: 'double you', x: 'ex', y: 'why', z: 'zee',
}; // prettier-ignore
/** Unstressed openings of words, and endings that draw the stress to the syllable before them. */
const PREFIX =
  /^(?:a(?=[bcdfglnprst]{2})|be|de|re|con|com|pre|pro|un|in|im|en|ex|dis|for|per|sub|sur)(?=[^aeiouy]+[aeiouy])/;
const STRESS_BEFORE = /(?:tion|sion|cian|ity|ical|ic|ics|ious|ial|ian|graphy|logy)s?$/;
const LONG_ENOUGH_FOR_PREFIX = 2;

/** The words of a phrase, each as its sounds. */
export function pronounce(phrase: string): Phone[][] {
  return wordsOf(phrase)
    .map(pronounceWord)
    .filter((phones) => phones.length > 0);
}

function wordsOf(phrase: string): string[] {
  const spelledOut = phrase
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/-(?=\d)/g, ' minus ')
    .replace(/\d[\d,]*(?:\.\d+)?/g, (digits) => ` ${numberInWords(digits)} `)
    .replace(/[%&+@=€$]/g, (symbol) => SYMBOLS[symbol] ?? ' ')
    .replace(/\b[A-Z]{2,5}\b/g, (letters) =>
      /[AEIOUY]/.test(letters) && letters.length > 3 ? letters : named(letters),
    );
  return spelledOut.toLowerCase().match(/[a-z]+(?:'[a-z]+)?/g) ?? [];
}

function named(letters: string): string {
  return letters.toLowerCase().replace(/./g, (letter) => ` ${LETTER_NAMES[letter] ?? letter} `);
}

function pronounceWord(word: string): Phone[] {
  const known = lookUp(word);
  if (known) return [...known];
  const base = /^(.+?)'?s$/.exec(word)?.[1];
  const stem = base === undefined ? undefined : lookUp(base);
  if (stem) return [...stem, ...plural(stem.at(-1)?.phoneme)];
  return withStress(word, lettersToSound(word));
}

/** The ending "s" after a sound. */
function plural(last: Phoneme | undefined): Phone[] {
  if (last === undefined) return [];
  if (['S', 'Z', 'SH', 'ZH', 'CH', 'JH'].includes(last)) {
    return [
      { phoneme: 'IH', stressed: false },
      { phoneme: 'Z', stressed: false },
    ];
  }
  return [{ phoneme: traitsOf(last).voiced ? 'Z' : 'S', stressed: false }];
}

function withStress(word: string, phonemes: readonly Phoneme[]): Phone[] {
  const vowels = phonemes.flatMap((phoneme, index) => (isVowel(phoneme) ? [index] : []));
  const full = vowels.filter((index) => phonemes[index] !== 'AX');
  const beforeEnding = STRESS_BEFORE.test(word) ? vowels.at(-syllablesOfEnding(word) - 1) : undefined;
  const afterPrefix = PREFIX.test(word) && full.length >= LONG_ENOUGH_FOR_PREFIX ? full[1] : undefined;
  const stressed = beforeEnding ?? afterPrefix ?? full[0] ?? vowels[0];
  return phonemes.map((phoneme, index) => ({ phoneme, stressed: index === stressed }));
}

function syllablesOfEnding(word: string): number {
  return /(?:ity|ical|graphy|logy)s?$/.test(word) ? 2 : 1;
}
