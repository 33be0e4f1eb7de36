import type { FloorStatus, Participant } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { peopleOrder } from './people-order.ts';

const media = { microphone: false, camera: false, screen: false };
const people = ['Cleo', 'Ada', 'Ben', 'Dora'].map((name): Participant => ({
  id: name,
  name,
  kind: 'person',
  role: 'member',
  state: 'present',
  media,
  sources: [],
}));
const floor = (change: Partial<FloorStatus>): FloorStatus => ({
  policy: 'push-to-talk',
  holder: null,
  grant: 0,
  speakers: [],
  queue: [],
  ...change,
});
const names = (status: FloorStatus) => peopleOrder(people, status).map(({ name }) => name);

describe('the list of people', () => {
  it('goes by name', () => {
    expect(names(floor({}))).toEqual(['Ada', 'Ben', 'Cleo', 'Dora']);
  });

  it('begins with who is heard, then the raised hands in their order', () => {
    expect(names(floor({ holder: 'Dora', queue: ['Cleo', 'Ben'] }))).toEqual(['Dora', 'Cleo', 'Ben', 'Ada']);
    expect(names(floor({ policy: 'mix', speakers: ['Cleo', 'Ben'] }))).toEqual([
      'Ben',
      'Cleo',
      'Ada',
      'Dora',
    ]);
  });
});
