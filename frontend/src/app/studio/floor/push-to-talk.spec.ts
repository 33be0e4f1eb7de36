import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { FloorStatus, LiveStatus } from '@studio/contracts';
import { IDLE } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AudioEngine } from '../../media/audio-engine.ts';
import { Microphone } from '../../media/microphone.ts';
import { ME, ScriptedRoom } from '../testing/scripted-room.ts';
import { ScriptedSocket } from '../testing/scripted-socket.ts';
import { TAP_MS } from './hold-gesture.ts';
import { PushToTalk } from './push-to-talk.ts';

const BEN = 'B'.repeat(22);

class ScriptedMicrophone {
  readonly state = signal<'off' | 'starting' | 'on'>('on');
  readonly muted = signal(true);
  readonly problem = signal<string | undefined>(undefined);
  readonly level = signal(0);
  start = vi.fn(async () => this.state.set('on'));
  setMuted(muted: boolean): void {
    this.muted.set(muted);
  }
}

function status(floor: Partial<FloorStatus> = {}): LiveStatus {
  return { ...IDLE, floor: { ...IDLE.floor, policy: 'push-to-talk', ...floor } };
}

describe('the button to talk', () => {
  let room: ScriptedRoom;
  let push: PushToTalk;
  let microphone: ScriptedMicrophone;
  const told = vi.fn();

  beforeEach(async () => {
    microphone = new ScriptedMicrophone();
    told.mockReset();
    room = await ScriptedRoom.enter({}, [
      PushToTalk,
      { provide: Microphone, useValue: microphone },
      { provide: AudioEngine, useValue: { unlock: () => undefined } },
      { provide: MatSnackBar, useValue: { open: told } },
    ]);
    room.welcome({ live: status() });
    push = TestBed.inject(PushToTalk);
    TestBed.tick();
  });

  afterEach(() => room.close());

  const press = (at = 0) => {
    push.press(at);
    TestBed.tick();
  };
  const lift = (at = TAP_MS) => {
    push.lift(at);
    TestBed.tick();
  };

  it('asks for the floor while it is held, and opens the microphone for that time only', () => {
    press();
    expect(room.floorActions()).toEqual([{ action: 'press' }]);
    expect(push.talk()).toBe('asking');
    expect(microphone.muted()).toBe(false);
    room.live(status({ holder: ME.id, grant: 7 }));
    expect(push.talk()).toBe('talking');
    lift();
    expect(room.floorActions().at(-1)).toEqual({ action: 'release', grant: 7 });
    expect(microphone.muted()).toBe(true);
  });

  it('leaves a microphone open that was open before', () => {
    microphone.setMuted(false);
    press();
    lift();
    expect(microphone.muted()).toBe(false);
  });

  it('starts a microphone that is off', () => {
    microphone.state.set('off');
    press();
    expect(microphone.start).toHaveBeenCalledOnce();
    expect(microphone.muted()).toBe(false);
  });

  it('waits in the queue, and leaves it when it is let go', () => {
    room.live(status({ holder: BEN, grant: 1 }));
    press();
    room.live(status({ holder: BEN, grant: 1, queue: [ME.id] }));
    expect(push.talk()).toBe('waiting');
    lift();
    expect(room.floorActions()).toEqual([{ action: 'press' }, { action: 'release' }]);
  });

  it('stays down after a tap until the next press', () => {
    press();
    lift(TAP_MS - 1);
    expect(push.locked()).toBe(true);
    expect(room.floorActions()).toEqual([{ action: 'press' }]);
    press(1_000);
    expect(room.floorActions()).toEqual([{ action: 'press' }, { action: 'release' }]);
  });

  it('presses again when the floor has begun anew', () => {
    press();
    room.live(status({ holder: ME.id, grant: 7 }));
    room.live(status({ grant: 0 }));
    expect(room.floorActions()).toEqual([{ action: 'press' }, { action: 'press' }]);
    expect(push.talk()).toBe('asking');
  });

  it('presses again on the next connection', async () => {
    press();
    room.live(status({ holder: ME.id, grant: 7 }));
    ScriptedSocket.newest.lose();
    await vi.waitFor(() => expect(ScriptedSocket.all).toHaveLength(2), { timeout: 5_000 });
    // The room has given the floor back with the lost connection.
    room.welcome({ live: status({ grant: 7 }), connectionId: 'D'.repeat(22) });
    expect(room.floorActions()).toEqual([{ action: 'press' }]);
    expect(push.talk()).toBe('asking');
    expect(told).not.toHaveBeenCalled();
  });

  it('lets go when the floor is taken away, and says so', () => {
    press();
    room.live(status({ holder: ME.id, grant: 7 }));
    room.live(status({ holder: BEN, grant: 8 }));
    expect(push.talk()).toBe('idle');
    expect(microphone.muted()).toBe(true);
    expect(told).toHaveBeenCalledOnce();
    expect(room.floorActions()).toEqual([{ action: 'press' }]);
  });

  it('lets go when it is refused, and says why', async () => {
    press();
    room.refuse('forbidden', 'You may only listen here.');
    await vi.waitFor(() => expect(told).toHaveBeenCalledWith('You may only listen here.', 'Close'));
    TestBed.tick();
    expect(push.talk()).toBe('idle');
  });

  it('lets go when no microphone is to be had', () => {
    press();
    microphone.problem.set('No microphone was found.');
    TestBed.tick();
    expect(push.talk()).toBe('idle');
    expect(room.floorActions().at(-1)).toEqual({ action: 'release' });
  });

  it('is there only where the room talks like that, and only for those who may', () => {
    expect(push.available()).toBe(true);
    room.live({ ...status({ policy: 'open' }) });
    expect(push.available()).toBe(false);
    room.welcome({ role: 'viewer', live: status() });
    expect(push.available()).toBe(false);
  });

  it('says when the floor is ours without the button', () => {
    room.live(status({ holder: ME.id, grant: 7 }));
    expect(push.talk()).toBe('yours');
  });
});
