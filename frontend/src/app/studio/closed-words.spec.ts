import { CLOSE, StudioError } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { closedWords } from './closed-words.ts';

describe('the end of a visit', () => {
  it('by removal names who did it, and offers no way back', () => {
    expect(closedWords({ close: CLOSE.removed }, 'member', 'Ada')).toMatchObject({
      heading: 'Ada removed you from the room',
      again: false,
      reads: false,
    });
  });

  it('by a room that is closed lets members read, and the owner reopen', () => {
    expect(closedWords({ close: CLOSE.roomClosed }, 'member')).toMatchObject({ reads: true, reopens: false });
    expect(closedWords({ close: CLOSE.roomClosed }, 'owner')).toMatchObject({ reads: true, reopens: true });
    const stranger = closedWords({ error: new StudioError('closed', 'Closed.') });
    expect(stranger).toMatchObject({ reads: false, reopens: false });
  });

  it('by a room that was deleted tells those who were in it from those with a wrong link', () => {
    const error = new StudioError('not_found', 'There is no such room.');
    expect(closedWords({ error }, 'viewer').heading).toBe('This room was deleted');
    expect(closedWords({ error }).heading).toBe('There is no such room');
  });

  it('by a door that has changed leads to that door', () => {
    const error = new StudioError('locked', 'The room is locked.');
    expect(closedWords({ error }, 'member')).toMatchObject({ text: 'The room is locked.', again: true });
  });

  it('by a page that sent too much says so, and lets it come back', () => {
    const words = closedWords({ close: CLOSE.tooManyMessages }, 'member');
    expect(words).toMatchObject({ heading: 'This page sent too much at once', again: true });
    expect(words.text).not.toContain('rate limit');
  });
});
