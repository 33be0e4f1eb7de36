import type { FloorStatus } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { heardWords, isHeard, listed, ordinal, placeInQueue } from './floor-words.ts';

const NAMES = new Map([
  ['a', 'Ada'],
  ['b', 'Ben'],
  ['c', 'Cleo'],
]);
const nameOf = (id: string) => NAMES.get(id) ?? '?';

function floor(change: Partial<FloorStatus>): FloorStatus {
  return { policy: 'push-to-talk', holder: null, grant: 0, speakers: [], queue: [], ...change };
}

describe('the floor in words', () => {
  it.each([
    [floor({}), 'The floor is free'],
    [floor({ holder: 'a' }), 'You have the floor'],
    [floor({ holder: 'b' }), 'Ben has the floor'],
    [floor({ policy: 'open' }), 'Gemini hears whoever speaks first'],
    [floor({ policy: 'open', holder: 'b' }), 'Gemini hears Ben'],
    [floor({ policy: 'open', holder: 'a' }), 'Gemini hears you'],
    [floor({ policy: 'mix' }), 'Gemini hears everybody'],
    [floor({ policy: 'mix', speakers: ['a', 'b', 'c'] }), 'Gemini hears Ben, Cleo and you'],
  ])('%#: %s', (status, words) => {
    expect(heardWords({ state: 'listening', floor: status }, nameOf, 'a')).toBe(words);
  });

  it('says that a Gemini which cannot take part hears nobody; the floor of the button goes on', () => {
    const words = (status: FloorStatus) => heardWords({ state: 'unavailable', floor: status }, nameOf, 'a');
    expect(words(floor({ policy: 'open', holder: 'b' }))).toBe('Gemini hears nobody now');
    expect(words(floor({ policy: 'mix', speakers: ['a'] }))).toBe('Gemini hears nobody now');
    expect(words(floor({ holder: 'b' }))).toBe('Ben has the floor');
  });

  it.each([
    floor({ holder: 'a' }),
    floor({ policy: 'open', holder: 'a', speakers: ['a'] }),
    floor({ policy: 'mix', speakers: ['a'] }),
  ])('tells whom Gemini hears, and that it hears nobody while it cannot take part: $policy', (status) => {
    expect(isHeard({ state: 'listening', floor: status }, 'a')).toBe(true);
    expect(isHeard({ state: 'listening', floor: status }, 'b')).toBe(false);
    expect(isHeard({ state: 'unavailable', floor: status }, 'a')).toBe(false);
  });

  it('counts those whom nobody wants to read one by one', () => {
    expect(listed(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 others');
  });

  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [11, '11th'],
    [22, '22nd'],
  ])('%i is %s', (number, words) => {
    expect(ordinal(number)).toBe(words);
  });

  it('knows the place of a raised hand', () => {
    expect(placeInQueue(floor({ queue: ['b', 'a'] }), 'a')).toBe(2);
    expect(placeInQueue(floor({ queue: ['b'] }), 'a')).toBeUndefined();
    expect(placeInQueue(floor({ queue: ['b'] }), undefined)).toBeUndefined();
  });
});
