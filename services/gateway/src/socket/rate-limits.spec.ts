import { describe, expect, it } from 'vitest';
import { RateLimits } from './rate-limits.ts';
import type { RateKind } from './rate-limits.ts';

/** The answers to `perSecond` messages in each of `seconds`. */
function send(limits: RateLimits, kind: RateKind, perSecond: number, seconds: number): string[] {
  return Array.from({ length: perSecond * seconds }, (_, index) =>
    limits.check(kind, (index * 1_000) / perSecond),
  );
}

describe('RateLimits', () => {
  it.each([
    ['audio', 60],
    ['picture', 30],
    ['control', 20],
  ] as const)('lets %s pass at its rate for ever', (kind, perSecond) => {
    const answers = send(new RateLimits(0), kind, perSecond, 60);
    expect(new Set(answers)).toEqual(new Set(['pass']));
  });

  it('lets a burst of 40 control messages pass', () => {
    const limits = new RateLimits(0);
    const answers = Array.from({ length: 41 }, () => limits.check('control', 0));
    expect(answers.filter((answer) => answer === 'pass')).toHaveLength(40);
    expect(answers[40]).toBe('refuse');
  });

  it('lets what somebody has said pass when the network or their browser brings three seconds of it at once', () => {
    const limits = new RateLimits(0);
    const [before, after] = [500, 150];
    const answers = Array.from({ length: before + after }, (_, index) =>
      limits.check('audio', index < before ? index * 20 : (before + after) * 20),
    );
    expect(new Set(answers)).toEqual(new Set(['pass']));
  });

  it('refuses the excess of a client that sends a little too much, without an end', () => {
    const answers = send(new RateLimits(0), 'audio', 65, 120);
    expect(answers).toContain('refuse');
    expect(answers).not.toContain('abuse');
  });

  it('calls ten times the rate abuse within a second', () => {
    expect(send(new RateLimits(0), 'audio', 600, 1)).toContain('abuse');
  });

  it('keeps the kinds apart', () => {
    const limits = new RateLimits(0);
    for (let count = 0; count < 100; count++) limits.check('picture', 0);
    expect(limits.check('audio', 0)).toBe('pass');
  });
});
