import { expect, it } from 'vitest';
import { endAll } from './end-all.ts';

it('takes every step in order, and then tells what failed', async () => {
  const taken: number[] = [];
  const [first, third] = [new Error('first'), new Error('third')];
  const ended = endAll([
    () => {
      taken.push(1);
      throw first;
    },
    () => void taken.push(2),
    () => {
      taken.push(3);
      return Promise.reject(third);
    },
    () => Promise.resolve(taken.push(4)),
  ]);
  await expect(ended).rejects.toMatchObject({ errors: [first, third] });
  expect(taken).toEqual([1, 2, 3, 4]);
  await endAll([() => undefined]);
});
