import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDLE_SESSION, linkOf, nextState } from './session-state.ts';
import type { SessionEvent, SessionState } from './session-state.ts';

const passing: SessionEvent = { type: 'failed', lasting: false, reason: 'away' };
const lasting: SessionEvent = { type: 'failed', lasting: true, reason: 'The quota is used up.' };
const plain = (type: Exclude<SessionEvent['type'], 'failed'>): SessionEvent => ({ type });
const EVENTS = [
  ...(['start', 'connected', 'seeded', 'rotate', 'lost', 'retry', 'stop'] as const).map(plain),
  ...[passing, lasting],
];

function phases(...events: (SessionEvent | Exclude<SessionEvent['type'], 'failed'>)[]): string[] {
  let state = IDLE_SESSION;
  return events.map((event) => {
    state = nextState(state, typeof event === 'string' ? plain(event) : event);
    return state.phase;
  });
}

describe('a Live session', () => {
  it('connects, is told what it must know, and is replaced and recovered the same way', () => {
    expect(phases('start', 'connected', 'seeded', 'rotate', 'connected', 'seeded', 'lost')).toEqual([
      'connecting',
      'seeding',
      'ready',
      'rotating',
      'seeding',
      'ready',
      'recovering',
    ]);
  });

  it('backs off after a failure, and goes on with what it was about: a first connection or a return', () => {
    expect(phases('start', passing, 'retry', 'connected', 'seeded', 'lost', passing, 'retry')).toEqual([
      'connecting',
      'backing-off',
      'connecting',
      'seeding',
      'ready',
      'recovering',
      'backing-off',
      'recovering',
    ]);
  });

  it('says why it is unavailable for as long as it is, and not a moment longer', () => {
    let state = nextState(nextState(IDLE_SESSION, plain('start')), lasting);
    expect(state).toMatchObject({ phase: 'unavailable', reason: 'The quota is used up.' });
    state = nextState(state, plain('retry'));
    expect(state).toMatchObject({ phase: 'unavailable', reason: 'The quota is used up.' });
    state = nextState(state, passing);
    expect(state).toMatchObject({ phase: 'unavailable', reason: 'away' });
    expect(nextState(state, plain('connected'))).toMatchObject({ phase: 'seeding', reason: null });
  });

  it('can be stopped at any time and does nothing more, and what cannot happen is an error', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 }), (events) => {
        let state: SessionState = IDLE_SESSION;
        for (const event of events) {
          try {
            state = nextState(state, event);
          } catch (error) {
            expect(String(error)).toContain('cannot take');
          }
          expect(state.reason !== null).toBe(state.phase === 'unavailable');
          if (state.phase !== 'stopped') expect(nextState(state, plain('stop')).phase).toBe('stopped');
        }
      }),
    );
    for (const event of EVENTS)
      expect(() => nextState(nextState(IDLE_SESSION, plain('stop')), event)).toThrow('stopped');
  });

  it('tells people of its connection only what concerns them', () => {
    const link = (phase: SessionState['phase'], served: boolean) => linkOf({ phase, served, reason: null });
    expect(link('seeding', true)).toBeUndefined();
    expect(link('rotating', true)).toBe('reconnecting');
    expect(link('recovering', true)).toBe('reconnecting');
    expect(link('backing-off', true)).toBe('reconnecting');
    expect(link('backing-off', false)).toBe('connecting');
    expect(link('stopped', true)).toBe('idle');
  });
});
