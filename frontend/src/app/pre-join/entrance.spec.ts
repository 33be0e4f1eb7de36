import { TestBed } from '@angular/core/testing';
import { StudioError } from '@studio/contracts';
import type { EnterBody, EntranceView } from '@studio/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { Entrance } from './entrance.ts';

const ROOM = 'R'.repeat(22);
const TICKET = { ticket: 'ticket', expiresAt: 0 };
const LOBBY = { waiting: true, retryMs: 1 } as const;

describe('the way into a room', () => {
  const enter = vi.fn<(roomId: string, body?: EnterBody) => Promise<EntranceView>>();
  let entrance: Entrance;

  beforeEach(() => {
    enter.mockReset();
    TestBed.configureTestingModule({ providers: [Entrance, { provide: STUDIO_API, useValue: { enter } }] });
    entrance = TestBed.inject(Entrance);
  });

  it('is open to whoever brings what is needed', async () => {
    enter.mockResolvedValue(TICKET);
    expect(await entrance.enter(ROOM, { passcode: 'open sesame' })).toBe(true);
    expect(enter.mock.calls[0]?.slice(0, 2)).toEqual([ROOM, { passcode: 'open sesame' }]);
  });

  it('tells that the passcode is wrong', async () => {
    enter.mockRejectedValue(new StudioError('passcode', 'This is not the passcode.'));
    expect(await entrance.enter(ROOM, { passcode: 'guess' })).toBe(false);
    expect(entrance.state()).toEqual({ state: 'passcode', reason: 'This is not the passcode.' });
  });

  it('leads through the lobby, asking until somebody says yes', async () => {
    const seen: string[] = [];
    enter.mockImplementation(async () => {
      seen.push(entrance.state().state);
      return seen.length < 3 ? LOBBY : TICKET;
    });
    expect(await entrance.enter(ROOM, {})).toBe(true);
    expect(seen).toEqual(['asking', 'waiting', 'waiting']);
  });

  it('tells a no in the lobby from a door for invited people', async () => {
    const no = new StudioError('forbidden', 'No.');
    enter.mockResolvedValueOnce(LOBBY).mockRejectedValueOnce(no);
    expect(await entrance.enter(ROOM, {})).toBe(false);
    expect(entrance.state()).toEqual({ state: 'refused' });
    enter.mockRejectedValueOnce(no);
    await entrance.enter(ROOM, {});
    expect(entrance.state()).toEqual({ state: 'failed', reason: 'No.' });
  });

  it('is left when one does not want to wait any more, and nobody is asked then', async () => {
    enter.mockResolvedValue({ ...LOBBY, retryMs: 60_000 });
    const entering = entrance.enter(ROOM, {});
    await vi.waitFor(() => expect(entrance.state()).toEqual({ state: 'waiting' }));
    entrance.cancel();
    expect(await entering).toBe(false);
    expect(entrance.state()).toEqual({ state: 'outside' });
    expect(enter).toHaveBeenCalledOnce();
  });
});
