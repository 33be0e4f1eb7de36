import { MatSnackBar } from '@angular/material/snack-bar';
import { TestBed } from '@angular/core/testing';
import { StudioError } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ROOM, ScriptedRoom } from '../testing/scripted-room.ts';
import { ScriptedSocket } from '../testing/scripted-socket.ts';
import { LobbyAnswers } from './lobby-answers.ts';

const BEN = { id: 'B'.repeat(22), name: 'Ben', at: 1_000 };
const CLEO = { id: 'C'.repeat(22), name: 'Cleo', at: 2_000 };

describe('the lobby', () => {
  const answerKnock = vi.fn<(roomId: string, personId: string, admit: boolean) => Promise<void>>();
  const open = vi.fn();
  let room: ScriptedRoom;
  let lobby: LobbyAnswers;
  const names = () => lobby.waiting().map(({ name }) => name);

  beforeEach(async () => {
    answerKnock.mockReset().mockResolvedValue();
    open.mockReset();
    room = await ScriptedRoom.enter({ answerKnock }, [
      LobbyAnswers,
      { provide: MatSnackBar, useValue: { open } },
    ]);
    lobby = TestBed.inject(LobbyAnswers);
  });

  afterEach(() => room.close());

  it('shows who waits, the longest first, to those who may let them in', () => {
    room.welcome({ role: 'moderator', lobby: [CLEO, BEN] });
    expect(names()).toEqual(['Ben', 'Cleo']);
    ScriptedSocket.newest.receive({ type: 'lobby', waiting: [CLEO] });
    expect(names()).toEqual(['Cleo']);
  });

  it('is nothing to members', () => {
    room.welcome({ role: 'member', lobby: [BEN] });
    expect(names()).toEqual([]);
  });

  it('has an answer for each, who is gone from it at once', async () => {
    room.welcome({ role: 'owner', lobby: [BEN, CLEO] });
    await lobby.answer(BEN, false);
    expect(names()).toEqual(['Cleo']);
    expect(answerKnock.mock.calls).toEqual([[ROOM.id, BEN.id, false]]);
    // Knocks again later.
    ScriptedSocket.newest.receive({ type: 'lobby', waiting: [{ ...BEN, at: 60_000 }] });
    expect(names()).toEqual(['Ben']);
  });

  it('goes on showing who could not be answered, and says why', async () => {
    room.welcome({ role: 'owner', lobby: [BEN] });
    answerKnock.mockRejectedValueOnce(new StudioError('unavailable', 'Later.'));
    await lobby.answer(BEN, true);
    expect(names()).toEqual(['Ben']);
    expect(open).toHaveBeenCalledWith('Later.', 'Close');
  });
});
