import { LETTER_RULES } from './letter-rules.ts';
import type { Phoneme } from './phonemes.ts';
import { isPhoneme } from './phonemes.ts';

interface Rule {
  readonly letters: string;
  readonly before: RegExp;
  readonly after: RegExp;
  readonly phonemes: readonly Phoneme[];
}

/** What the signs of the rules stand for. */
const SIGNS: Readonly<Record<string, string>> = {
  _: '_',
  '#': '[aeiouy]+',
  ':': '[^aeiouy_]*',
  '^': '[^aeiouy_]',
  '.': '[bdvgjlmnrwz]',
  '+': '[eiy]',
  '%': '(?:er|e|es|ed|ing|ely)_',
  '&': '(?:s|c|g|z|x|j|ch|sh)',
  '@': '(?:t|s|r|d|l|z|n|j|th|ch|sh)',
};

const RULES = compile(LETTER_RULES);

/** Spells a word of the letters a to z, and apostrophes, out in sounds. */
export function lettersToSound(word: string): Phoneme[] {
  const padded = `_${word}_`;
  const phonemes: Phoneme[] = [];
  for (let at = 1; at < padded.length - 1;) {
    const rule = findRule(padded, at);
    if (rule) phonemes.push(...rule.phonemes);
    at += rule ? rule.letters.length : 1;
  }
  return phonemes;
}

function findRule(padded: string, at: number): Rule | undefined {
  const before = padded.slice(0, at);
  return RULES.get(padded.charAt(at))?.find(
    ({ letters, before: left, after: right }) =>
      padded.startsWith(letters, at) && left.test(before) && right.test(padded.slice(at + letters.length)),
  );
}

/** Rules by the first of their letters. */
function compile(text: string): ReadonlyMap<string, readonly Rule[]> {
  const rules = new Map<string, Rule[]>();
  for (const line of text.split('\n')) {
    const [, before = '', letters = '', after = '', sounds = ''] = /^(.*)\[(.+)\](.*)=(.*)$/.exec(line) ?? [];
    if (letters === '') continue;
    const rule: Rule = {
      letters,
      before: new RegExp(`${pattern(before)}$`),
      after: new RegExp(`^${pattern(after)}`),
      phonemes: sounds.split(' ').filter(isPhoneme),
    };
    const first = letters.charAt(0);
    rules.set(first, [...(rules.get(first) ?? []), rule]);
  }
  return rules;
}

function pattern(context: string): string {
  return context.replace(/./g, (sign) => SIGNS[sign] ?? sign);
}
