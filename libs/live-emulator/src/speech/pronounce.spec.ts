import { describe, expect, it } from 'vitest';
import { pronounce } from './pronounce.ts';
import { numberInWords } from './numbers.ts';

const sounds = (text: string) =>
  pronounce(text).map((word) =>
    word.map(({ phoneme, stressed }) => (stressed ? `'${phoneme}` : phoneme)).join(' '),
  );

describe('pronounce', () => {
  it.each([
    ['cat', "K 'AE T"],
    ['make', "M 'EY K"],
    ['launch', "L 'AO N CH"],
    ['portal', "P 'AO R T AX L"],
    ['decision', "D IH S 'IH ZH AX N"],
    ['station', "S T 'EY SH AX N"],
    ['night', "N 'AY T"],
    ['phone', "F 'OW N"],
    ['yellow', "Y 'EH L OW"],
    ['weather', "W 'EH DH ER"],
    ['Gemini', "JH 'EH M IH N AY"],
    ["people's", "P 'IY P AX L Z"],
  ])('knows how %s sounds', (word, expected) => {
    expect(sounds(word)).toEqual([expected]);
  });

  it('reads numbers, signs and letters', () => {
    expect(sounds('2.4 %')).toHaveLength(4);
    expect(sounds('API')).toEqual(sounds('ay pee i'));
    expect(sounds('5 & 6')).toEqual(sounds('five and six'));
  });

  it('is at a loss for no text', () => {
    expect(pronounce('¡Ñandú! 漢字 🙂 ’’ --')).toHaveLength(1);
  });
});

describe('numberInWords', () => {
  it.each([
    ['0', 'zero'],
    ['17', 'seventeen'],
    ['42', 'forty two'],
    ['1,280', 'one thousand two hundred eighty'],
    ['40000', 'forty thousand'],
    ['1000000', 'one million'],
    ['2.45', 'two point four five'],
    ['1234567890123', 'one two three four five six seven eight nine zero one two three'],
  ])('reads %s', (digits, words) => {
    expect(numberInWords(digits)).toBe(words);
  });
});
