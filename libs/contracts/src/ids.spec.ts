import { expect, it } from 'vitest';
import { Id, newId, ParticipantId } from './ids.ts';

it('makes ids that are valid, distinct and use the whole alphabet', () => {
  const ids = Array.from({ length: 2_000 }, newId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => Id.safeParse(id).success)).toBe(true);
  expect(new Set(ids.join('')).size).toBe(64);
});

it('knows Gemini as a participant, but not as an id that a person can have', () => {
  expect(ParticipantId.safeParse('gemini').success).toBe(true);
  expect(Id.safeParse('gemini').success).toBe(false);
});
