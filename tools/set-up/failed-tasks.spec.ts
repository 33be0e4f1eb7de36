import { expect, test } from 'vitest';
import { failedTasks } from './failed-tasks.mjs';

const OUTPUT = `
 NX   Running target build for 2 projects:

- @studio/bus
- @studio/room

> nx run @studio/bus:build

all well

> nx run @studio/room:build

src/room.ts(1,1): error TS1000: something is wrong

 NX   Running target build for 2 projects failed

Failed tasks:

- @studio/room:build

  Run duration: 2 s
`;

test('of many tasks, only what failed is shown', () => {
  expect(failedTasks(OUTPUT)).toBe(
    '> nx run @studio/room:build\n\nsrc/room.ts(1,1): error TS1000: something is wrong',
  );
});

test('output without a list of failed tasks is shown as it is', () => {
  expect(failedTasks('nx: something else went wrong')).toBe('nx: something else went wrong');
});
