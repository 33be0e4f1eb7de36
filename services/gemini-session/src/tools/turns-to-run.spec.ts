import { expect, it } from 'vitest';
import { TurnsToRun } from './turns-to-run.ts';

const never = new AbortController().signal;

it('gives turns in order, as many at a time as there may be', async () => {
  const turns = new TurnsToRun(2, 10);
  const order: string[] = [];
  const take = async (name: string) => {
    await turns.take(never);
    order.push(name);
  };
  const taken = ['a', 'b', 'c', 'd'].map(take);
  await Promise.all(taken.slice(0, 2));
  expect(order).toEqual(['a', 'b']);
  turns.release();
  await taken[2];
  turns.release();
  await taken[3];
  expect(order).toEqual(['a', 'b', 'c', 'd']);
});

it('lets nobody wait behind too many others', async () => {
  const turns = new TurnsToRun(1, 1);
  await turns.take(never);
  const waiting = turns.take(never);
  expect(await turns.take(never)).toBe('full');
  turns.release();
  expect(await waiting).toBe('taken');
});

it('does not give a turn to somebody who has given up waiting', async () => {
  const turns = new TurnsToRun(1, 5);
  await turns.take(never);
  const impatient = new AbortController();
  const given = turns.take(impatient.signal);
  const patient = turns.take(never);
  impatient.abort();
  expect(await given).toBe('aborted');
  expect(await turns.take(impatient.signal)).toBe('aborted');
  turns.release();
  expect(await patient).toBe('taken');
  turns.release();
  expect(await turns.take(never)).toBe('taken');
});
