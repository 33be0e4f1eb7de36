import { describe, expect, it } from 'vitest';
import { markedParts, marksOf } from './marked-parts.ts';

const shown = (text: string, marks: [number, number][]) =>
  markedParts(text, marks)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');

describe('a text with marks', () => {
  it('is the same text in parts', () => {
    expect(shown('the harvest begins', [[4, 11]])).toBe('the [harvest] begins');
    expect(shown('harvest', [[0, 7]])).toBe('[harvest]');
    expect(shown('nothing', [])).toBe('nothing');
  });

  it('takes marks in any order, and those that overlap or reach too far', () => {
    expect(
      shown('abcdef', [
        [4, 99],
        [0, 2],
        [1, 3],
      ]),
    ).toBe('[ab][c]d[ef]');
  });
});

describe('where words stand', () => {
  it('is every place, in the letters in which they were found', () => {
    expect(marksOf('Plums, plums and Plums', ['Plums'])).toEqual([
      [0, 5],
      [17, 22],
    ]);
    expect(marksOf('aaaa', ['aa'])).toEqual([
      [0, 2],
      [2, 4],
    ]);
    expect(marksOf('text', [''])).toEqual([]);
  });
});
