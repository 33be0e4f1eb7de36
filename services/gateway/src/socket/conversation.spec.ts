import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeJson } from '@studio/bus';
import {
  IDLE,
  CLOSE,
  GEMINI_ID,
  GEMINI_SOURCE,
  LIMITS,
  MediaCodec,
  MediaKind,
  SUBJECT,
  StudioError,
  encodeMediaFrame,
  newId,
  ownKey,
} from '@studio/contracts';
import type { Event, LiveStatus, RoomId, Welcome } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';
import type { Person } from '../testing/studio.fixture.ts';

const MICROPHONE = { kind: MediaKind.microphone, codec: MediaCodec.pcm16k, flags: 0, timestamp: 7 } as const;

describe('a conversation through the gateway', () => {
  let studio: TestStudio;
  let roomId: RoomId;
  let ada: Person;
  let bob: Person;

  beforeEach(async () => {
    studio = await TestStudio.start();
    ada = await studio.signIn('Ada');
    bob = await studio.signIn('Bob');
    roomId = await studio.createRoom();
  });
  afterEach(() => studio.close());

  function fill(count: number): void {
    const actor = { ...ada.user, kind: 'person' } as const;
    for (let line = 0; line < count; line++)
      studio.room.write(roomId, { key: newId(), actor, body: { type: 'chat', text: `line ${line}` } });
  }

  it('welcomes with the room, its people and the last page of events', async () => {
    fill(250);
    const events: Event[] = [];
    const connection = await studio.enter(ada, roomId, events);
    expect(connection.welcome).toMatchObject({
      participantId: ada.user.id,
      role: 'member',
      room: { id: roomId },
      participants: [{ id: ada.user.id, sources: [connection.welcome?.source] }],
      live: { state: 'idle' },
      liveInfo: { engine: 'emulator' },
      since: 151,
      head: 251,
      recovered: false,
      heartbeatMs: LIMITS.pingIntervalMs,
    });
    await vi.waitFor(() => expect(events).toHaveLength(100));
    expect(events[0]?.seq).toBe(152);
  });

  it('gives everybody a line with its name, once and in order, and acknowledges it with its sequence', async () => {
    const [atAda, atBob]: [Event[], Event[]] = [[], []];
    const first = await studio.enter(ada, roomId, atAda);
    const second = await studio.enter(bob, roomId, atBob);
    const seqs = await Promise.all([
      first.chat('one'),
      first.chat('two'),
      second.chat('three'),
      first.chat('four'),
    ]);
    expect([...seqs].sort()).toEqual([2, 3, 4, 5]);
    expect(seqs[0]).toBeLessThan(seqs[1]);
    await vi.waitFor(() => expect(atBob.at(-1)?.seq).toBe(5));
    await vi.waitFor(() => expect(atAda).toEqual(atBob));
    const one = atBob.find(({ body }) => body.type === 'chat' && body.text === 'one');
    expect(one).toMatchObject({ seq: seqs[0], actor: { id: ada.user.id, name: 'Ada', kind: 'person' } });
  });

  it('acknowledges nothing before it is kept', async () => {
    const connection = await studio.enter(ada, roomId);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    studio.room.beforeAppend = promise;
    let acknowledged = false;
    const chat = connection.chat('slow').then(() => {
      acknowledged = true;
    });
    await vi.waitFor(() => expect(studio.room.of('room.append')).toHaveLength(1));
    await connection.interrupt();
    expect(acknowledged).toBe(false);
    resolve(undefined);
    await chat;
    studio.room.beforeAppend = Promise.resolve();
  });

  it('keeps a repeated key as one line, and does not let anybody spend the key of another', async () => {
    const [first, second] = [await studio.connectInto(ada, roomId), await studio.connectInto(bob, roomId)];
    const key = 'the-same-key';
    first.send({ type: 'chat', id: 1, key, text: 'mine' });
    const ack = await first.next('ack');
    first.send({ type: 'chat', id: 2, key, text: 'mine' });
    expect(await first.next('ack')).toEqual({ ...ack, id: 2 });
    second.send({ type: 'chat', id: 1, key, text: 'mine too' });
    expect((await second.next('ack')).seq).not.toBe(ack.seq);
    const keys = studio.room
      .conversation(roomId)
      .events.slice(1)
      .map((event) => event.key);
    expect(keys).toEqual([ownKey(ada.user.id, key), ownKey(bob.user.id, key)]);
  });

  it('answers what cannot be done with an error of the request, and goes on', async () => {
    const client = await studio.connectInto(ada, roomId);
    client.send({ type: 'chat', id: 1, key: newId(), text: 'x'.repeat(LIMITS.chatCharacters + 1) });
    expect(await client.next('error')).toMatchObject({ id: 1, code: 'too_large' });
    studio.room.failures.set('room.append', new StudioError('unavailable', 'The log is away.'));
    client.send({ type: 'chat', id: 2, key: newId(), text: 'x' });
    expect(await client.next('error')).toEqual({
      type: 'error',
      id: 2,
      code: 'unavailable',
      message: 'The log is away.',
    });
    studio.room.failures.clear();
    client.send({ type: 'chat', id: 3, key: newId(), text: 'x' });
    expect(await client.next('ack')).toMatchObject({ id: 3 });
  });

  it('lets a viewer read and nothing else', async () => {
    const viewer = await studio.signIn('Viewer');
    studio.room.roles.set(viewer.user.id, 'viewer');
    const connection = await studio.enter(viewer, roomId);
    const closed = new Promise((resolve) => connection.on('closed', resolve));
    await expect(connection.chat('hello')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(connection.interrupt()).rejects.toMatchObject({ code: 'forbidden' });
    const media = { microphone: true, camera: false, screen: false };
    await expect(connection.setMedia(media)).rejects.toMatchObject({ code: 'forbidden' });
    connection.sendMedia({ ...MICROPHONE, sequence: 1 }, new Uint8Array(640));
    await expect(closed).resolves.toEqual({ close: CLOSE.notAllowed });
    expect(studio.room.of('room.append')).toEqual([]);
  });

  it('relays media to the others with the true source, and not to the sender', async () => {
    const [first, second] = [await studio.connectInto(ada, roomId), await studio.connectInto(bob, roomId)];
    const payload = Uint8Array.from({ length: 640 }, (_, index) => index);
    const header = { ...MICROPHONE, sequence: 3, source: 4_000 };
    first.socket.send(encodeMediaFrame(header, payload));
    second.socket.send(encodeMediaFrame({ ...header, sequence: 4 }, payload));
    const [atSecond, atFirst] = [await second.nextFrame(), await first.nextFrame()];
    expect(atSecond).toEqual(Buffer.from(encodeMediaFrame({ ...header, source: 1 }, payload)));
    expect(atFirst).toEqual(Buffer.from(encodeMediaFrame({ ...header, sequence: 4, source: 2 }, payload)));
    expect([first.frames, second.frames]).toEqual([[], []]);
  });

  it('gives everybody the voice of Gemini and its signals as they are', async () => {
    const [first, second] = [await studio.connectInto(ada, roomId), await studio.connectInto(bob, roomId)];
    const header = {
      kind: MediaKind.voice,
      codec: MediaCodec.pcm24k,
      flags: 1,
      source: GEMINI_SOURCE,
      sequence: 0,
      timestamp: 0,
    };
    const voice = encodeMediaFrame(header, new Uint8Array(960));
    studio.bus.publish(SUBJECT.media(roomId, MediaKind.voice), voice);
    const transcript = { type: 'transcript', key: newId(), participantId: GEMINI_ID, text: 'Well' } as const;
    studio.room.signal(roomId, transcript);
    for (const client of [first, second]) {
      expect(await client.nextFrame()).toEqual(Buffer.from(voice));
      expect(await client.next('transcript')).toEqual(transcript);
    }
  });

  it('tells the Live session to stop, and shows newcomers what it does', async () => {
    const status: LiveStatus = { ...IDLE, state: 'speaking', floor: { ...IDLE.floor, holder: ada.user.id } };
    const commands: unknown[] = [];
    const session = await studio.bus.subscribe(SUBJECT.live(roomId), (message) => {
      commands.push(JSON.parse(Buffer.from(message.data).toString()));
      message.respond(encodeJson(status));
    });
    const connection = await studio.enter(ada, roomId);
    expect(connection.welcome?.live).toEqual(status);
    await connection.interrupt();
    expect(commands).toEqual([{ type: 'status' }, { type: 'interrupt' }]);
    await session.close();
    await expect(connection.interrupt()).resolves.toBeUndefined();
  });

  it('gives a connection that comes back exactly what it missed', async () => {
    const events: Event[] = [];
    const connection = await studio.enter(ada, roomId, events);
    await connection.chat('before');
    await vi.waitFor(() => expect(events.at(-1)?.seq).toBe(2));
    const again = studio.connect();
    connection.close();
    fill(30);
    const client = await again;
    client.send({ type: 'hello', ticket: (await ada.api.ticket(roomId)).ticket, since: 2 });
    expect(await client.next('welcome')).toMatchObject({ since: 2, head: 32, recovered: true });
    for (let seq = 3; seq <= 32; seq++) expect((await client.next('event')).event.seq).toBe(seq);
    fill(1);
    expect((await client.next('event')).event.seq).toBe(33);
  });

  it('finds an event that the bus has lost, though none follows it', async () => {
    const events: Event[] = [];
    await studio.enter(ada, roomId, events);
    const actor = { ...bob.user, kind: 'person' } as const;
    const lost: Event = { seq: 2, at: 0, key: newId(), actor, body: { type: 'chat', text: 'lost' } };
    studio.room.conversation(roomId).events.push(lost);
    await vi.waitFor(() => expect(events).toContainEqual(lost), { timeout: 8_000 });
  });

  it('says honestly that it cannot give everything that was missed', async () => {
    fill(1_200);
    const client = await studio.connect();
    client.send({ type: 'hello', ticket: (await ada.api.ticket(roomId)).ticket, since: 100 });
    expect(await client.next('welcome')).toMatchObject({ since: 1_101, head: 1_201, recovered: false });
    expect((await client.next('event')).event.seq).toBe(1_102);
  });

  it('tells the room who left and who was lost', async () => {
    const [first, second] = [await studio.enter(ada, roomId), await studio.enter(bob, roomId)];
    const ids = [first.welcome?.connectionId, second.welcome?.connectionId];
    const line = first.chat('bye');
    first.leave();
    await line.catch(() => undefined);
    second.close();
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toHaveLength(2));
    const leaves = studio.room.of('room.leave').map(({ connectionId, reason }) => [connectionId, reason]);
    expect(leaves).toContainEqual([ids[0], 'left']);
    expect(leaves).toContainEqual([ids[1], 'lost']);
    expect(studio.room.of('room.append')).toHaveLength(1);
  });

  it('closes with what keeps a person out of the room', async () => {
    for (const [error, close] of [
      [new StudioError('conflict', 'full'), CLOSE.roomFull],
      [new StudioError('closed', 'closed'), CLOSE.roomClosed],
      [new StudioError('not_found', 'gone'), CLOSE.roomNotFound],
      [new StudioError('timeout', 'away'), CLOSE.unavailable],
    ] as const) {
      const { ticket } = await ada.api.ticket(roomId);
      studio.room.failures.set('room.join', error);
      const client = await studio.connect();
      client.send({ type: 'hello', ticket, since: null });
      await expect(client.closed).resolves.toEqual({ code: close.code, reason: close.reason });
      studio.room.failures.clear();
    }
  });

  it('says what a person sends, and asks the room service when it has forgotten the connection', async () => {
    const connection = await studio.enter(ada, roomId);
    const media = { microphone: true, camera: false, screen: false };
    await connection.setMedia(media);
    expect(studio.room.of('room.media')).toMatchObject([{ media }]);
    studio.room.failures.set('room.media', new StudioError('not_found', 'gone'));
    await connection.setMedia({ ...media, camera: true });
    expect(studio.room.of('room.join').at(-1)).toMatchObject({
      connectionId: connection.welcome?.connectionId,
      media: { microphone: true, camera: true },
    });
    studio.room.failures.clear();
  });

  it('has everything ready when a message follows hello at once', async () => {
    const client = await studio.connect();
    client.send({ type: 'hello', ticket: (await ada.api.ticket(roomId)).ticket, since: null });
    client.send({ type: 'chat', id: 1, key: newId(), text: 'quick' });
    client.send({ type: 'interrupt', id: 2 });
    const answers = [await client.next('ack'), await client.next('ack')].map(({ id }) => id);
    expect(answers.sort()).toEqual([1, 2]);
  });

  it('joins again when presence has forgotten the connection', async () => {
    const connection = await studio.enter(ada, roomId);
    const welcome = connection.welcome as Welcome;
    // The scripted room service does not use presence: for it, every connection is forgotten.
    await vi.waitFor(() => expect(studio.room.of('room.join').length).toBeGreaterThanOrEqual(2), {
      timeout: 8_000,
    });
    expect(studio.room.of('room.join')[1]).toMatchObject({
      connectionId: welcome.connectionId,
      user: ada.user,
    });
    expect(connection.state).toBe('open');
  });
});
