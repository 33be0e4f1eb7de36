import { beforeEach, describe, expect, it } from 'vitest';
import { IDLE, NEW_ROOM, newId } from '@studio/contracts';
import type { Actor, Event, EventBody, Role, Room, Welcome } from '@studio/contracts';
import { Standing } from './standing.ts';

const ADA = { id: newId(), name: 'Ada', kind: 'person' } as const;
const BOB = { id: newId(), name: 'Bob', kind: 'person' } as const;
const ROOM: Room = {
  ...{ id: newId(), name: 'Room', ownerId: BOB.id, ownerName: BOB.name, visibility: 'listed' },
  ...{ ...NEW_ROOM, status: 'open', createdAt: 0 },
};

function welcome(head: number, role: Role, room = ROOM): Welcome {
  return {
    ...{ type: 'welcome', connectionId: newId(), participantId: ADA.id, source: 1, role, room, head },
    ...{ participants: [], lobby: [], live: IDLE, since: head, recovered: true, heartbeatMs: 1_000 },
    liveInfo: {
      ...{ engine: 'emulator', model: 'test', voice: 'Puck', service: 'developer', apiVersion: 'v1' },
      ...{ models: [], tools: [] },
    },
  };
}

function by(seq: number, body: EventBody): Event {
  return { seq, at: 0, key: newId(), actor: BOB, body };
}

describe('Standing', () => {
  let standing: Standing;
  beforeEach(() => {
    standing = new Standing();
    standing.welcome(welcome(10, 'member'));
  });

  it('is told by the welcome, and again only what has changed since', () => {
    const fresh = new Standing();
    expect(fresh.welcome(welcome(10, 'member'))).toEqual({ role: 'member', room: ROOM });
    expect(fresh.welcome(welcome(12, 'member'))).toEqual({});
    expect(fresh.welcome(welcome(12, 'viewer'))).toEqual({ role: 'viewer' });
  });

  it('follows the roles that are given, its own and that of the owner', () => {
    expect(standing.apply(by(11, { type: 'participant.role', participant: ADA, role: 'viewer' }))).toEqual({
      role: 'viewer',
    });
    expect(standing.apply(by(12, { type: 'participant.role', participant: BOB, role: 'member' }))).toEqual(
      {},
    );
    standing.apply(by(13, { type: 'participant.role', participant: ADA, role: 'owner' }));
    expect(standing).toMatchObject({ role: 'owner', room: { ownerId: ADA.id, ownerName: 'Ada' } });
  });

  it('follows the settings of the room, its end and its return', () => {
    const room = { ...ROOM, name: 'Renamed' };
    expect(standing.apply(by(11, { type: 'room.changed', changes: ['Name'], room }))).toEqual({ room });
    standing.apply(by(12, { type: 'room.closed' }));
    expect(standing.room).toEqual({ ...room, status: 'closed' });
    expect(standing.apply(by(13, { type: 'room.reopened' }))).toEqual({ room });
  });

  it('does not go back to what was before the welcome', () => {
    const old = { ...ROOM, name: 'Old' };
    expect(standing.apply(by(9, { type: 'room.changed', changes: ['Name'], room: old }))).toEqual({});
    expect(standing.apply(by(10, { type: 'participant.role', participant: ADA, role: 'owner' }))).toEqual({});
    expect(standing).toMatchObject({ role: 'member', room: ROOM });
  });

  it('is muted by what happens during the connection, also while it was away, and not by what was before', () => {
    const mute = (seq: number, participant: Actor = ADA) =>
      standing.apply(by(seq, { type: 'participant.muted', participant }));
    expect(mute(10)).toEqual({});
    expect(mute(11, BOB)).toEqual({});
    expect(mute(11)).toEqual({ mutedBy: BOB });
    standing.welcome(welcome(20, 'member'));
    expect(mute(15)).toEqual({ mutedBy: BOB });
  });
});
