import { describe, expect, it } from 'vitest';
import { reconnectDelay } from './reconnect-schedule.ts';

describe('reconnectDelay', () => {
  it('tries at once, then waits longer each time, up to seven seconds', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => reconnectDelay(attempt, 0, 0));
    expect(delays).toEqual([0, 300, 1_200, 2_700, 4_800, 7_000, 7_000, 7_000]);
  });

  it('waits at least as long as the server asked for', () => {
    expect(reconnectDelay(0, 1_000, 0)).toBe(1_000);
    expect(reconnectDelay(5, 1_000, 0)).toBe(7_000);
  });

  it('spreads clients over up to three tenths more', () => {
    expect(reconnectDelay(2, 0, 0.5)).toBe(1_380);
    expect(reconnectDelay(2, 0, 0.999_999)).toBe(1_560);
  });
});
