import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { EventBody } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Camera } from '../media/camera.ts';
import { Microphone } from '../media/microphone.ts';
import { ScreenShare } from '../media/screen-share.ts';
import { Moderated } from './moderated.ts';
import { ME, ScriptedRoom } from './testing/scripted-room.ts';
import { ScriptedSocket } from './testing/scripted-socket.ts';

const BEN = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' } as const;

describe('what others decide about this person', () => {
  const setMuted = vi.fn();
  const camera = { stop: vi.fn(), stream: signal(undefined) };
  const screen = { stop: vi.fn(), stream: signal(undefined) };
  const open = vi.fn<(text: string, action: string) => void>();
  let room: ScriptedRoom;

  beforeEach(async () => {
    for (const mock of [setMuted, camera.stop, screen.stop, open]) mock.mockReset();
    room = await ScriptedRoom.enter({}, [
      Moderated,
      { provide: Microphone, useValue: { setMuted } },
      { provide: Camera, useValue: camera },
      { provide: ScreenShare, useValue: screen },
      { provide: MatSnackBar, useValue: { open } },
    ]);
    TestBed.inject(Moderated);
    TestBed.tick();
    room.welcome({ role: 'member', since: 5, head: 5 });
  });

  afterEach(() => room.close());

  const happens = (body: EventBody, seq = 6) => {
    ScriptedSocket.newest.receiveEvents({ seq, at: 0, key: `key-${seq}-00`, actor: BEN, body });
    TestBed.tick();
  };

  it('switches the microphone off, and says who did', () => {
    happens({ type: 'participant.muted', participant: ME });
    expect(setMuted.mock.calls).toEqual([[true]]);
    expect(open.mock.calls).toEqual([['Ben switched your microphone off.', 'Close']]);
  });

  it('is nothing when it is about somebody else', () => {
    happens({ type: 'participant.muted', participant: { id: 'C'.repeat(22), name: 'Cleo' } });
    expect(setMuted).not.toHaveBeenCalled();
    expect(open).not.toHaveBeenCalled();
  });

  it('switches off what a viewer may not send, and says what one may now', () => {
    happens({ type: 'participant.role', participant: ME, role: 'viewer' });
    expect(room.store.role()).toBe('viewer');
    expect(setMuted.mock.calls).toEqual([[true]]);
    expect(camera.stop).toHaveBeenCalledOnce();
    expect(screen.stop).toHaveBeenCalledOnce();
    expect(open.mock.calls[0]?.[0]).toMatch(/viewer now/);
  });

  it('tells a new moderator, and leaves what they send alone', () => {
    happens({ type: 'participant.role', participant: ME, role: 'moderator' });
    expect(open.mock.calls[0]?.[0]).toMatch(/moderator now/);
    expect(setMuted).not.toHaveBeenCalled();
  });
});
