import { describe, expect, it } from 'vitest';
import { AT_END, earlier, held, later, windowRange } from './line-window.ts';

const lines = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ kind: 'chat', key: `line ${from + i}` }));

describe('the window on a long conversation', () => {
  it('shows a short conversation whole', () => {
    expect(windowRange(lines(30), AT_END)).toEqual({ from: 0, to: 30 });
  });

  it('shows the last lines of a long one, also as it grows', () => {
    expect(windowRange(lines(1_000), AT_END)).toEqual({ from: 760, to: 1_000 });
    expect(windowRange(lines(1_001), AT_END)).toEqual({ from: 761, to: 1_001 });
  });

  it('stays on the same lines while it is held and history comes in front', () => {
    const window = held(lines(1_000), AT_END);
    expect(windowRange([...lines(100, -100), ...lines(1_010)], window)).toEqual({ from: 860, to: 1_100 });
  });

  it('stays where it is when the date above its first line moves up', () => {
    const window = held([{ kind: 'day', key: 'day 0' }, ...lines(100)], AT_END);
    const all = [{ kind: 'day', key: 'day -500' }, ...lines(500, -500), ...lines(100)];
    expect(windowRange(all, window)).toEqual({ from: 501, to: 601 });
  });

  it('reaches the begin also when that is a date', () => {
    const all = [{ kind: 'day', key: 'day 0' }, ...lines(100)];
    expect(windowRange(all, held(all, AT_END)).from).toBe(0);
    expect(windowRange(all, earlier(all, { top: 'line 50' })).from).toBe(0);
  });

  it('goes back step by step to the begin, and forward to the end', () => {
    const all = lines(500);
    let window = held(all, AT_END);
    const seen = [];
    for (let i = 0; i < 5; i++) seen.push(windowRange(all, (window = earlier(all, window))).from);
    expect(seen).toEqual([180, 100, 20, 0, 0]);
    for (let i = 0; i < 5; i++) window = later(all, window);
    expect(windowRange(all, window)).toEqual({ from: 260, to: 500 });
  });

  it('is at the end when the line it was held at is gone', () => {
    expect(windowRange(lines(300), { top: 'not there' })).toEqual({ from: 60, to: 300 });
  });
});
