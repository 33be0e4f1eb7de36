import { newId } from '@studio/contracts';
import type { Event } from '@studio/contracts';
import { expect, it } from 'vitest';
import type { Change } from '../change.ts';
import { decide } from './decision.ts';
import type { Decision } from './decision.ts';
import { Decisions } from './decisions.ts';

const roomId = newId();
const ada = { id: newId(), name: 'Ada' };

interface Kept {
  value: number;
  decision?: Decision | undefined;
}

/** Something with a decision that others may change before each write. */
function scene(first: Kept) {
  const told: string[] = [];
  const announce = (_: string, { key }: Pick<Event, 'key'>): Promise<void> => {
    if (!told.includes(key)) told.push(key);
    return Promise.resolve();
  };
  const decisions = new Decisions({ announce });
  let kept = first;
  const before: Kept[] = [];
  const update = async (change: Change<Kept>): Promise<Kept> => {
    kept = before.shift() ?? kept;
    kept = (await change(kept)) ?? kept;
    return kept;
  };
  return { told, decisions, update, before };
}

const decision = () => decide(ada, { type: 'room.closed' });

it('tells what was decided before it is forgotten, also when that was decided in the meantime', async () => {
  const [old, meanwhile, own] = [decision(), decision(), decision()];
  const { told, decisions, update, before } = scene({ value: 1, decision: old });
  before.push({ value: 2, decision: meanwhile });
  const after = await decisions.replace(roomId, old, update, ({ value }) => ({
    value: value + 1,
    decision: own,
  }));
  expect(after).toEqual({ value: 3, decision: own });
  expect(told).toEqual([old.key, meanwhile.key]);
});

it('writes nothing where nothing is to be changed', async () => {
  const old = decision();
  const { told, decisions, update } = scene({ value: 1, decision: old });
  expect(await decisions.replace<Kept>(roomId, undefined, update, () => undefined)).toEqual({
    value: 1,
    decision: old,
  });
  expect(told).toEqual([old.key]);
});
