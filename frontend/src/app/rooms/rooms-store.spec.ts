import { TestBed } from '@angular/core/testing';
import type { ListedRoom, RoomList, RoomScope } from '@studio/contracts';
import { NEW_ROOM, StudioError } from '@studio/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { RoomsStore } from './rooms-store.ts';

const ME = { id: 'M'.repeat(22), name: 'Mira' };

function room(letter: string): ListedRoom {
  return {
    id: letter.repeat(22),
    name: `Room ${letter}`,
    ownerId: ME.id,
    ownerName: ME.name,
    visibility: 'listed',
    ...NEW_ROOM,
    status: 'open',
    createdAt: 0,
  };
}

describe('the list of rooms', () => {
  const rooms = vi.fn<(page: { scope?: RoomScope; cursor?: string }) => Promise<RoomList>>();
  let store: RoomsStore;
  const names = () => store.rooms()?.map(({ name }) => name);

  beforeEach(() => {
    rooms.mockReset();
    TestBed.configureTestingModule({
      providers: [RoomsStore, { provide: STUDIO_API, useValue: { rooms } }],
    });
    store = TestBed.inject(RoomsStore);
  });

  it('goes on with the next page of the scope that is shown', async () => {
    rooms.mockResolvedValueOnce({ rooms: [room('A')], next: 'more' });
    await store.show('recent');
    rooms.mockResolvedValueOnce({ rooms: [room('B')] });
    await store.loadMore();
    expect(names()).toEqual(['Room A', 'Room B']);
    expect(rooms.mock.calls.map(([{ scope, cursor }]) => [scope, cursor])).toEqual([
      ['recent', undefined],
      ['recent', 'more'],
    ]);
    await store.loadMore();
    expect(rooms).toHaveBeenCalledTimes(2);
  });

  it('goes on behind pages on which there is no room for this person', async () => {
    rooms.mockResolvedValueOnce({ rooms: [], next: 'more' });
    rooms.mockResolvedValueOnce({ rooms: [], next: 'still more' });
    rooms.mockResolvedValueOnce({ rooms: [room('A')] });
    await store.show('open');
    expect(names()).toEqual(['Room A']);
    expect(rooms.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, 'more', 'still more']);
  });

  it('has a room once that has moved to a later page', async () => {
    rooms.mockResolvedValueOnce({ rooms: [room('A'), room('B')], next: 'more' });
    await store.show('recent');
    rooms.mockResolvedValueOnce({ rooms: [room('B'), room('C')] });
    await store.loadMore();
    expect(names()).toEqual(['Room A', 'Room B', 'Room C']);
  });

  it('does not show the answer for a scope that was left meanwhile', async () => {
    const late = Promise.withResolvers<RoomList>();
    rooms.mockReturnValueOnce(late.promise);
    const mine = store.show('mine');
    rooms.mockResolvedValueOnce({ rooms: [room('B')] });
    await store.show('open');
    late.resolve({ rooms: [room('A')] });
    await mine;
    expect(names()).toEqual(['Room B']);
    expect(store.loading()).toBe(false);
  });

  it('keeps what it has when it cannot be loaded, and says why', async () => {
    rooms.mockResolvedValueOnce({ rooms: [room('A')] });
    await store.show('mine');
    rooms.mockRejectedValueOnce(new StudioError('unavailable', 'The studio cannot be reached.'));
    await store.reload();
    expect(names()).toEqual(['Room A']);
    expect(store.problem()).toBe('The studio cannot be reached.');
  });

  it('asks who one is when the session has ended', async () => {
    const expired = vi.spyOn(TestBed.inject(SessionStore), 'expired');
    rooms.mockRejectedValueOnce(new StudioError('unauthenticated', 'Sign in.'));
    await store.show('mine');
    expect(expired).toHaveBeenCalledOnce();
  });
});
