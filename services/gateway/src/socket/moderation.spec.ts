import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeJson } from '@studio/bus';
import { RoomConnection } from '@studio/client';
import type { Closed } from '@studio/client';
import {
  CLOSE,
  IDLE,
  MediaCodec,
  MediaKind,
  SUBJECT,
  decodeMediaHeader,
  encodeMediaFrame,
} from '@studio/contracts';
import type { Event, RoomId } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';
import type { Person } from '../testing/studio.fixture.ts';

const SPEAKING = { microphone: true, camera: false, screen: false };
const NOTHING = { microphone: false, camera: false, screen: false };

describe('what is decided about people in a room', () => {
  let studio: TestStudio;
  let roomId: RoomId;
  let ada: Person;
  let bob: Person;
  /** Sequence numbers of the frames of microphones and cameras that reached the room. */
  let heard: number[];
  let sequence: number;

  beforeEach(async () => {
    studio = await TestStudio.start();
    [ada, bob] = [await studio.signIn('Ada'), await studio.signIn('Bob')];
    roomId = await studio.createRoom();
    heard = [];
    sequence = 0;
    await studio.bus.subscribe(SUBJECT.mediaOfRoom(roomId), ({ data }) => {
      heard.push(decodeMediaHeader(data)?.sequence ?? -1);
    });
  });
  afterEach(() => studio.close());

  function closed(connection: RoomConnection): Promise<Closed> {
    return new Promise((resolve) => connection.on('closed', resolve));
  }

  function header(kind: MediaKind = MediaKind.microphone) {
    return { kind, codec: MediaCodec.pcm16k, flags: 0, sequence: ++sequence, timestamp: 0 };
  }

  /** Sends a frame, and waits until the gateway has dealt with it: requests are answered after what came before them. */
  async function speak(connection: RoomConnection, kind?: MediaKind): Promise<number> {
    const sent = header(kind);
    expect(connection.sendMedia(sent, new Uint8Array(640))).toBe(true);
    const line = connection.chat('.').catch(() => undefined);
    await line;
    return sent.sequence;
  }

  it('keeps a new viewer from sending, and lets them speak again when they are a member', async () => {
    const connection = await studio.enter(bob, roomId);
    await connection.setMedia({ ...SPEAKING, camera: true });
    const before = await speak(connection);
    const becameViewer = new Promise((resolve) => connection.on('role', resolve));
    await ada.api.enter(roomId);
    await ada.api.setRole(roomId, bob.user.id, 'viewer');
    await expect(becameViewer).resolves.toBe('viewer');
    // Sent before it has learnt of it, or by a client that does not care.
    await speak(connection);
    await speak(connection, MediaKind.camera);
    await expect(connection.chat('hello')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(connection.floor({ action: 'raise' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(studio.room.of('room.media').at(-1)?.media).toEqual(NOTHING);
    await ada.api.setRole(roomId, bob.user.id, 'member');
    await vi.waitFor(() => expect(connection.role).toBe('member'));
    await connection.setMedia(SPEAKING);
    const after = await speak(connection);
    expect(heard).toEqual([before, after]);
    expect(connection.state).toBe('open');
  });

  it('gives a new moderator the floor of others, and takes it from who is none any more', async () => {
    const commands: { floor?: { action: string } }[] = [];
    await studio.bus.subscribe(SUBJECT.live(roomId), (message) => {
      commands.push(JSON.parse(Buffer.from(message.data).toString()) as (typeof commands)[number]);
      message.respond(encodeJson(IDLE));
    });
    const connection = await studio.enter(bob, roomId);
    await expect(connection.floor({ action: 'take' })).rejects.toMatchObject({ code: 'forbidden' });
    for (const role of ['moderator', 'viewer'] as const) {
      await ada.api.setRole(roomId, bob.user.id, role);
      await vi.waitFor(() => expect(connection.role).toBe(role));
      if (role === 'moderator') await connection.floor({ action: 'take' });
    }
    await expect(connection.floor({ action: 'take' })).rejects.toMatchObject({ code: 'forbidden' });
    // The hand of a viewer does not stay up.
    await vi.waitFor(() =>
      expect(commands.map(({ floor }) => floor?.action)).toEqual([undefined, 'take', 'lower']),
    );
  });

  it('drops what a muted microphone still sends until its owner switches it on again', async () => {
    const client = await studio.connectInto(bob, roomId);
    let id = 0;
    const say = async (media: typeof SPEAKING) => {
      client.send({ type: 'media', id: ++id, media });
      await client.next('ack');
    };
    const frame = (kind?: MediaKind): void => {
      client.socket.send(encodeMediaFrame({ ...header(kind), source: 0 }, new Uint8Array(640)));
    };
    await say({ ...SPEAKING, camera: true });
    frame();
    await ada.api.mute(roomId, bob.user.id);
    for (let body = ''; body !== 'participant.muted';)
      ({ type: body } = (await client.next('event')).event.body);
    frame();
    frame(MediaKind.camera);
    await vi.waitFor(() =>
      expect(studio.room.of('room.media').at(-1)?.media).toEqual({ ...NOTHING, camera: true }),
    );
    // Saying something about the camera does not switch the microphone on.
    await say(NOTHING);
    frame();
    await say(SPEAKING);
    frame();
    await vi.waitFor(() => expect(heard).toEqual([1, 3, 5]));
  });

  it('mutes nobody by what happened before they came', async () => {
    await studio.connectInto(bob, roomId);
    await ada.api.mute(roomId, bob.user.id);
    const connection = await studio.enter(bob, roomId);
    await connection.setMedia(SPEAKING);
    const sent = await speak(connection);
    expect(heard).toEqual([sent]);
    expect(studio.room.of('room.media').at(-1)?.media).toEqual(SPEAKING);
  });

  it('closes the connections of who is removed, after they were told, and they do not come back by themselves', async () => {
    const events: Event[] = [];
    const connection = await studio.enter(bob, roomId, events);
    const other = await studio.enter(ada, roomId);
    const end = closed(connection);
    await ada.api.removeMember(roomId, bob.user.id);
    await expect(end).resolves.toEqual({ close: CLOSE.removed });
    expect(events.at(-1)?.body).toMatchObject({ type: 'participant.removed', participant: { name: 'Bob' } });
    await other.chat('still here');
    expect([connection.state, other.state]).toEqual(['closed', 'open']);
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toMatchObject([{ reason: 'left' }]));
  });

  it('closes everybody out of a room that is closed, after they were told, and lets them in when it is open again', async () => {
    const [atAda, atBob]: [Event[], Event[]] = [[], []];
    const both = [await studio.enter(ada, roomId, atAda), await studio.enter(bob, roomId, atBob)];
    const ends = Promise.all(both.map(closed));
    await ada.api.setStatus(roomId, 'closed');
    await expect(ends).resolves.toEqual([{ close: CLOSE.roomClosed }, { close: CLOSE.roomClosed }]);
    for (const events of [atAda, atBob]) expect(events.at(-1)?.body).toEqual({ type: 'room.closed' });
    await ada.api.setStatus(roomId, 'open');
    // The old end of the room is among its events, and is none for who comes now.
    const again = await studio.enter(bob, roomId, atBob);
    await again.chat('back again');
    expect(atBob.map(({ body }) => body.type)).toContain('room.reopened');
    expect(again.room?.status).toBe('open');
  });
});
