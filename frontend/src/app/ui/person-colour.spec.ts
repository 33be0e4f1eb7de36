import { newId } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { initials, personColour } from './person-colour.ts';

describe('initials', () => {
  it.each([
    ['Amara Okafor', 'AO'],
    ['ben', 'B'],
    ['  Ana María de la Cruz ', 'AC'],
    ['李 小龙', '李小'],
    ['🦊 fox', '🦊F'],
  ])('of %j are %j', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('the colour of a person', () => {
  it('is always the same for an id', () => {
    const id = newId();
    expect(personColour(id)).toBe(personColour(id));
  });

  it('tells most people from each other', () => {
    expect(new Set(Array.from({ length: 200 }, () => personColour(newId()))).size).toBeGreaterThan(25);
  });
});
