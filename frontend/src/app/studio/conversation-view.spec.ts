import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { Event, EventPage } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { ConversationView } from './conversation-view.ts';
import { ROOM, ScriptedRoom } from './testing/scripted-room.ts';
import { ScriptedSocket } from './testing/scripted-socket.ts';

const BEN = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' } as const;
const PAGE = 100;
/** Sequence of the newest event, and of the oldest one that is kept. */
const HEAD = 1_000;
const OLDEST = 11;

function event(seq: number): Event {
  return { seq, at: seq, key: `key-${seq}-00`, actor: BEN, body: { type: 'chat', text: `line ${seq}` } };
}

/** What the server answers, of a conversation of which the oldest lines were deleted. */
function page({ before, after }: { before?: number; after?: number }): EventPage {
  const last = Math.min(HEAD, after === undefined ? (before ?? HEAD + 1) - 1 : after + PAGE);
  const first = Math.max(OLDEST, after === undefined ? last - PAGE + 1 : after + 1);
  const events = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => event(first + index));
  return { events, head: HEAD, first: OLDEST };
}

const history = vi.fn<(roomId: string, asked?: { before?: number; after?: number }) => Promise<EventPage>>();
const seqs = (view: ConversationView) => view.lines().flatMap((line) => ('seq' in line ? [line.seq] : []));
const ends = (view: ConversationView) => [seqs(view).at(0), seqs(view).at(-1)];

beforeEach(() => {
  history.mockReset().mockImplementation(async (_, asked = {}) => page(asked));
});

describe('the conversation in a room', () => {
  const open = vi.fn();
  let room: ScriptedRoom;
  let view: ConversationView;

  beforeEach(async () => {
    open.mockReset();
    room = await ScriptedRoom.enter({ history }, [
      ConversationView,
      { provide: MatSnackBar, useValue: { open } },
    ]);
    room.welcome({ since: 900, head: HEAD });
    ScriptedSocket.newest.receiveEvents(...Array.from({ length: 100 }, (_, index) => event(901 + index)));
    view = TestBed.inject(ConversationView);
  });

  afterEach(() => room.close());

  it('is shown at its end', () => {
    expect([ends(view), view.hasLater(), view.inPast()]).toEqual([[901, HEAD], false, false]);
  });

  it('goes to a line that is here without asking for anything', async () => {
    await view.showLine(950);
    expect(history).not.toHaveBeenCalled();
    expect(view.target()).toEqual({ seq: 950 });
    expect(view.inPast()).toBe(false);
  });

  it('goes to a line far back, with what stands around it', async () => {
    await view.showLine(300);
    expect(ends(view)).toEqual([201, 400]);
    expect([view.target()?.seq, view.hasEarlier(), view.hasLater()]).toEqual([300, true, true]);
    await view.loadEarlier();
    await view.loadLater();
    expect(ends(view)).toEqual([101, 500]);
  });

  it('is one again when the past has reached its end, without gap or double', async () => {
    await view.showLine(750);
    await view.loadLater();
    expect(view.inPast()).toBe(false);
    expect(seqs(view)).toEqual(Array.from({ length: HEAD - 650 }, (_, index) => 651 + index));
    ScriptedSocket.newest.receiveEvents(event(HEAD + 1));
    expect(ends(view)).toEqual([651, HEAD + 1]);
  });

  it('keeps what is said meanwhile for when one comes back to the end', async () => {
    await view.showLine(300);
    ScriptedSocket.newest.receiveEvents(event(HEAD + 1));
    expect(ends(view)).toEqual([201, 400]);
    view.showNewest();
    expect([ends(view), view.target()]).toEqual([[901, HEAD + 1], undefined]);
  });

  it('tells in passing that a line is not there any more', async () => {
    await view.showLine(5);
    expect(open).toHaveBeenCalledWith('This line has been deleted meanwhile.', 'Close');
    expect([ends(view), view.problem()]).toEqual([[901, HEAD], undefined]);
  });
});

describe('a conversation that is read', () => {
  let view: ConversationView;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [ConversationView, { provide: STUDIO_API, useValue: { history } }],
    });
    view = TestBed.inject(ConversationView);
  });

  it('begins at its end, and reaches to the oldest line that is kept', async () => {
    await view.read(ROOM.id, undefined);
    expect([ends(view), view.hasLater(), view.caughtUp()]).toEqual([[901, HEAD], false, true]);
    while (view.hasEarlier()) await view.loadEarlier();
    expect(seqs(view)).toEqual(Array.from({ length: HEAD - OLDEST + 1 }, (_, index) => OLDEST + index));
    expect(view.shortened()).toBe(true);
  });

  it('begins at a line, and reaches to the end', async () => {
    await view.read(ROOM.id, 500);
    expect([ends(view), view.target()?.seq]).toEqual([[401, 600], 500]);
    while (view.hasLater()) await view.loadLater();
    expect(ends(view)).toEqual([401, HEAD]);
  });

  it('says why there is nothing to read', async () => {
    history.mockRejectedValueOnce(new StudioError('forbidden', 'You may not read this room.'));
    await view.read(ROOM.id, undefined);
    expect([view.refusal(), view.problem()]).toEqual(['forbidden', 'You may not read this room.']);
    await view.read(ROOM.id, undefined);
    expect([view.refusal(), view.problem()]).toEqual([undefined, undefined]);
  });
});
