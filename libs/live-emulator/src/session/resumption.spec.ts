import { describe, expect, it } from 'vitest';
import { Resumption } from './resumption.ts';

const HOUR = 60 * 60 * 1000;
const STATE = { sessionId: 's', modelId: 'gemini-3.8-live', context: [] };

describe('Resumption', () => {
  it('brings a state back for two hours and no longer', () => {
    let now = 0;
    const resumption = new Resumption({ now: () => now, after: () => () => undefined });
    const handle = resumption.issue(STATE);
    now = 2 * HOUR;
    expect(resumption.resume(handle, STATE.modelId)).toMatchObject(STATE);
    now += 1;
    expect(() => resumption.resume(handle, STATE.modelId)).toThrow('BidiGenerateContent session not found');
  });

  it('issues a handle of its own each time, and an old one stays good', () => {
    const resumption = new Resumption({ now: () => 0, after: () => () => undefined });
    const first = resumption.issue(STATE);
    expect(resumption.issue({ ...STATE, sessionId: 't' })).not.toBe(first);
    expect(resumption.resume(first, STATE.modelId).sessionId).toBe('s');
  });
});
