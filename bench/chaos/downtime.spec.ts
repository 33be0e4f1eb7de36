import { expect, it } from 'vitest';
import { Downtime } from './downtime.ts';

function downtimeOf(...spans: [from: number, to: number][]): Downtime {
  let now = 0;
  const downtime = new Downtime(() => now);
  for (const [from, to] of spans) {
    now = from;
    const over = downtime.begin();
    now = to;
    over();
  }
  return downtime;
}

it.each([
  ['before', 0, 10, 10],
  ['around', 50, 250, 100],
  ['inside', 120, 180, 0],
  ['from within', 150, 260, 60],
  ['over two that overlap', 0, 1_000, 550],
])('counts only the time with all brokers: %s', (_, from, to, clear) => {
  const downtime = downtimeOf([100, 200], [400, 700], [500, 750]);
  expect(downtime.without(from, to)).toBe(clear);
});
