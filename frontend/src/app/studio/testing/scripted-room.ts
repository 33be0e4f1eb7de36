import { TestBed } from '@angular/core/testing';
import { NEW_ROOM } from '@studio/contracts';
import type { LiveStatus, Room, Welcome } from '@studio/contracts';
import { vi } from 'vitest';
import { SessionStore } from '../../session/session-store.ts';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { RoomStore } from '../room-store.ts';
import { OFFLINE, ScriptedSocket, welcome } from './scripted-socket.ts';

export const ME = { id: 'M'.repeat(22), name: 'Mira' };
export const ROOM: Room = {
  id: 'R'.repeat(22),
  name: 'Planning',
  ownerId: ME.id,
  ownerName: ME.name,
  visibility: 'listed',
  ...NEW_ROOM,
  status: 'open',
  createdAt: 0,
};

/** A room whose server is the spec; `providers` and what of the HTTP API is used come from the spec as well. */
export class ScriptedRoom {
  readonly store: RoomStore;

  private constructor(store: RoomStore) {
    this.store = store;
  }

  static async enter(api: Record<string, unknown>, providers: unknown[]): Promise<ScriptedRoom> {
    vi.stubGlobal('WebSocket', ScriptedSocket);
    ScriptedSocket.all.length = 0;
    const useValue = {
      baseUrl: 'http://studio.test',
      studio: () => Promise.resolve({ version: '1', guests: true, live: OFFLINE }),
      session: () => Promise.resolve(ME),
      ticket: () => Promise.resolve({ ticket: 'ticket', expiresAt: 0 }),
      ...api,
    };
    TestBed.configureTestingModule({
      providers: [RoomStore, { provide: STUDIO_API, useValue }, ...providers],
    });
    await TestBed.inject(SessionStore).load();
    const store = TestBed.inject(RoomStore);
    store.enter(ROOM.id);
    await vi.waitFor(() => {
      if (ScriptedSocket.all.length !== 1) throw new Error('not connected yet');
    });
    return new ScriptedRoom(store);
  }

  welcome(change: Partial<Welcome> = {}): void {
    ScriptedSocket.newest.receive(welcome({ participantId: ME.id, room: ROOM, ...change }));
    TestBed.tick();
  }

  live(status: LiveStatus): void {
    ScriptedSocket.newest.receive({ type: 'live', status });
    TestBed.tick();
  }

  /** What was asked about the floor on the newest connection. */
  floorActions(): unknown[] {
    return ScriptedSocket.newest.sent.filter(({ type }) => type === 'floor').map(({ floor }) => floor);
  }

  /** Refuses the newest request. */
  refuse(code: 'forbidden' | 'unavailable', message: string): void {
    ScriptedSocket.newest.receive({
      type: 'error',
      id: Number(ScriptedSocket.newest.sent.at(-1)?.['id']),
      code,
      message,
    });
  }

  close(): void {
    this.store.leave();
    vi.unstubAllGlobals();
  }
}
