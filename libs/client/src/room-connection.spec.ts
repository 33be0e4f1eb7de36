import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket as ServerSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { ClientMessage, Event as RoomEvent, EventBody, ServerMessage, Welcome } from '@studio/contracts';
import {
  NEW_ROOM,
  CLOSE,
  IDLE,
  LIMITS,
  MediaCodec,
  MediaKind,
  PROTOCOL,
  StudioError,
  decodeMediaHeader,
  encodeMediaFrame,
  newId,
} from '@studio/contracts';
import type { ConnectionState } from './room-connection-events.ts';
import { RoomConnection } from './room-connection.ts';

const ADA = { id: newId(), name: 'Ada', kind: 'person' } as const;
const BOB = { id: newId(), name: 'Bob', kind: 'person' } as const;
const ROOM = {
  id: newId(),
  name: 'Room',
  ownerId: ADA.id,
  ownerName: ADA.name,
  visibility: 'listed',
  ...NEW_ROOM,
  status: 'open',
  createdAt: 0,
} as const;

function event(seq: number): RoomEvent {
  return { seq, at: 0, key: newId(), actor: ADA, body: { type: 'chat', text: `line ${seq}` } };
}

/** The server's end of one connection, driven by the spec. */
class Accepted {
  readonly received: ClientMessage[] = [];
  readonly frames: Buffer[] = [];
  readonly socket: ServerSocket;

  constructor(socket: ServerSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.frames.push(data);
      else this.received.push(JSON.parse(data.toString()) as ClientMessage);
    });
  }

  send(message: ServerMessage): void {
    this.socket.send(JSON.stringify(message));
  }

  welcome(since: number, recovered: boolean, heartbeatMs = 25_000): void {
    const welcome: Welcome = {
      type: 'welcome',
      connectionId: newId(),
      participantId: ADA.id,
      source: 5,
      role: 'member',
      room: ROOM,
      participants: [],
      lobby: [],
      live: IDLE,
      liveInfo: {
        engine: 'emulator',
        model: 'test',
        voice: 'Puck',
        service: 'developer',
        apiVersion: 'v1beta',
        models: ['test'],
        tools: [],
      },
      since,
      head: since,
      recovered,
      heartbeatMs,
    };
    this.send(welcome);
  }

  events(...seqs: number[]): void {
    for (const seq of seqs) this.send({ type: 'event', event: event(seq) });
  }

  /** The messages of one type, when there are so many of them. */
  async requests(type: ClientMessage['type'], count = 1): Promise<ClientMessage[]> {
    const matching = (): ClientMessage[] => this.received.filter((message) => message.type === type);
    await vi.waitFor(() => expect(matching().length).toBeGreaterThanOrEqual(count));
    return matching();
  }
}

describe('RoomConnection', () => {
  let server: WebSocketServer;
  let accepted: Accepted[];
  let tickets: number;
  let ticketError: StudioError | undefined;
  let connection: RoomConnection;
  let states: ConnectionState[];
  let seqs: number[];
  /** Bytes that wait for the network, where a test says so. */
  let waiting: number | undefined;
  class Uplink extends WebSocket {
    override get bufferedAmount(): number {
      return waiting ?? super.bufferedAmount;
    }
  }
  const network = new EventTarget();

  async function nextConnection(index: number): Promise<Accepted> {
    await vi.waitFor(() => expect(accepted.length).toBeGreaterThan(index), { timeout: 5_000 });
    const connected = accepted[index]!;
    await connected.requests('hello');
    return connected;
  }

  beforeEach(async () => {
    accepted = [];
    tickets = 0;
    ticketError = undefined;
    waiting = undefined;
    states = [];
    seqs = [];
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => PROTOCOL });
    server.on('connection', (socket) => accepted.push(new Accepted(socket)));
    await once(server, 'listening');
    connection = new RoomConnection({
      api: {
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        ticket: async () => {
          tickets++;
          if (ticketError) throw ticketError;
          return { ticket: `ticket ${tickets}`, expiresAt: 0 };
        },
      },
      roomId: ROOM.id,
      WebSocket: Uplink,
      random: () => 0,
      network,
    });
    connection.on('state', (state) => states.push(state));
    connection.on('event', ({ seq }) => seqs.push(seq));
  });
  afterEach(async () => {
    connection.close();
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  async function open(since = 0): Promise<Accepted> {
    connection.open();
    const first = await nextConnection(0);
    first.welcome(since, false);
    await vi.waitFor(() => expect(connection.state).toBe('open'));
    return first;
  }

  it('says hello with a ticket and without a sequence, and delivers what follows', async () => {
    const resets: number[] = [];
    connection.on('reset', ({ since }) => resets.push(since));
    const first = await open(40);
    first.events(41, 42);
    await vi.waitFor(() => expect(seqs).toEqual([41, 42]));
    expect(first.received).toEqual([{ type: 'hello', ticket: 'ticket 1', since: null }]);
    expect(first.socket.protocol).toBe(PROTOCOL);
    expect(resets).toEqual([40]);
    expect(states).toEqual(['connecting', 'open']);
  });

  it('comes back with a new ticket and the last sequence, and drops what it has already', async () => {
    const first = await open();
    first.events(1, 2, 2, 1, 3);
    await vi.waitFor(() => expect(seqs).toEqual([1, 2, 3]));
    first.socket.terminate();
    const second = await nextConnection(1);
    expect(second.received[0]).toEqual({ type: 'hello', ticket: 'ticket 2', since: 3 });
    second.welcome(3, true);
    second.events(3, 4);
    await vi.waitFor(() => expect(seqs).toEqual([1, 2, 3, 4]));
    expect(states).toEqual(['connecting', 'open', 'reconnecting', 'open']);
  });

  it('comes back when an event is missing instead of delivering the next one', async () => {
    const first = await open();
    first.events(1, 3);
    const second = await nextConnection(1);
    expect(second.received[0]).toMatchObject({ since: 1 });
    second.welcome(1, true);
    second.events(2, 3);
    await vi.waitFor(() => expect(seqs).toEqual([1, 2, 3]));
  });

  it('comes back when a heartbeat names an event that it does not have', async () => {
    const first = await open(7);
    first.send({ type: 'heartbeat', seq: 7 });
    first.send({ type: 'heartbeat', seq: 8 });
    const second = await nextConnection(1);
    expect(second.received[0]).toMatchObject({ since: 7 });
  });

  it('tells its listeners to forget when too much was missed', async () => {
    const first = await open();
    first.events(1);
    await vi.waitFor(() => expect(seqs).toEqual([1]));
    const reset = new Promise<number>((resolve) => connection.on('reset', ({ since }) => resolve(since)));
    first.socket.close(CLOSE.slow.code);
    const second = await nextConnection(1);
    second.welcome(5_000, false);
    second.events(5_001);
    await expect(reset).resolves.toBe(5_000);
    await vi.waitFor(() => expect(seqs).toEqual([1, 5_001]));
  });

  it('resolves a chat with its sequence, and sends an unacknowledged one again with the same key', async () => {
    const first = await open();
    const chat = connection.chat('hello all');
    const [request] = await first.requests('chat');
    first.socket.terminate();
    const second = await nextConnection(1);
    expect(second.received.filter(({ type }) => type === 'chat')).toEqual([]);
    second.welcome(0, true);
    const [again] = await second.requests('chat');
    expect(again).toEqual(request);
    if (again?.type !== 'chat') throw new Error('not a chat');
    second.send({ type: 'ack', id: again.id, seq: 9 });
    await expect(chat).resolves.toBe(9);
  });

  it.each([
    ['the server could not tell whether it was kept', 'unavailable'],
    ['it was too much at once', 'rate_limited'],
  ] as const)('repeats a chat on the same connection when %s', async (_, code) => {
    const first = await open();
    const chat = connection.chat('hello all');
    const [request] = await first.requests('chat');
    if (request?.type !== 'chat') throw new Error('not a chat');
    first.send({ type: 'error', id: request.id, code, message: 'later' });
    const [, again] = await first.requests('chat', 2);
    expect(again).toEqual(request);
    first.send({ type: 'ack', id: request.id, seq: 1 });
    await expect(chat).resolves.toBe(1);
  });

  it('rejects a refused chat', async () => {
    const first = await open();
    const chat = connection.chat('hello all');
    const [request] = await first.requests('chat');
    if (request?.type !== 'chat') throw new Error('not a chat');
    first.send({ type: 'error', id: request.id, code: 'forbidden', message: 'Viewers cannot write.' });
    await expect(chat).rejects.toMatchObject({ code: 'forbidden', message: 'Viewers cannot write.' });
  });

  it('says again after a reconnect what it sends', async () => {
    const first = await open();
    const media = { microphone: true, camera: false, screen: false };
    const done = connection.setMedia(media);
    const [request] = await first.requests('media');
    if (request?.type !== 'media') throw new Error('not media');
    first.send({ type: 'ack', id: request.id });
    await done;
    first.socket.terminate();
    const second = await nextConnection(1);
    second.welcome(0, true);
    expect(await second.requests('media')).toMatchObject([{ media }]);
  });

  it('tells its role and the room as they are now, and sends no more than it may', async () => {
    const told: unknown[] = [];
    connection.on('role', (role) => told.push(role));
    connection.on('room', ({ name }) => told.push(name));
    connection.on('muted', ({ by }) => told.push(by.name));
    const first = await open(4);
    const said = connection.setMedia({ microphone: true, camera: true, screen: false });
    const [request] = await first.requests('media');
    if (request?.type !== 'media') throw new Error('not media');
    first.send({ type: 'ack', id: request.id });
    await said;
    const tell = (seq: number, body: EventBody): void => {
      first.send({ type: 'event', event: { seq, at: 0, key: newId(), actor: BOB, body } });
    };
    tell(5, { type: 'participant.muted', participant: ADA });
    const [, muted] = await first.requests('media', 2);
    expect(muted).toMatchObject({ media: { microphone: false, camera: true, screen: false } });
    tell(6, { type: 'room.changed', changes: ['Name'], room: { ...ROOM, name: 'Renamed' } });
    tell(7, { type: 'participant.role', participant: ADA, role: 'viewer' });
    const [, , silent] = await first.requests('media', 3);
    expect(silent).toMatchObject({ media: { microphone: false, camera: false, screen: false } });
    expect(told).toEqual(['Room', 'member', 'Bob', 'Renamed', 'viewer']);
    expect([connection.role, connection.room?.name]).toEqual(['viewer', 'Renamed']);
  });

  it('sends media frames while it is open and drops them otherwise', async () => {
    const header = {
      kind: MediaKind.microphone,
      codec: MediaCodec.pcm16k,
      flags: 1,
      sequence: 3,
      timestamp: 99,
    };
    expect(connection.sendMedia(header, new Uint8Array(4))).toBe(false);
    const first = await open();
    expect(connection.sendMedia(header, new Uint8Array([1, 2, 3, 4]))).toBe(true);
    await vi.waitFor(() => expect(first.frames).toHaveLength(1));
    expect(decodeMediaHeader(first.frames[0]!)).toEqual({ ...header, source: 0 });
    expect([...first.frames[0]!.subarray(16)]).toEqual([1, 2, 3, 4]);
  });

  it('sends what somebody says also behind a picture on a slow network, and no picture before what waits has left', async () => {
    await open();
    const frame = { flags: 0, sequence: 0, timestamp: 0 };
    const speak = () =>
      connection.sendMedia(
        { ...frame, kind: MediaKind.microphone, codec: MediaCodec.pcm16k },
        new Uint8Array(640),
      );
    const show = () =>
      connection.sendMedia({ ...frame, kind: MediaKind.screen, codec: MediaCodec.jpeg }, new Uint8Array(9));
    expect([speak(), show()]).toEqual([true, true]);
    // One picture, and what was said meanwhile.
    waiting = LIMITS.binaryFrameBytes + 50_000;
    expect([speak(), show()]).toEqual([true, false]);
    waiting = 50_000;
    expect([speak(), show()]).toEqual([true, false]);
    // More than three seconds late.
    waiting = LIMITS.binaryFrameBytes + 150_000;
    expect([speak(), show()]).toEqual([false, false]);
  });

  it('comes back when it has stood still before its hello', async () => {
    connection.open();
    (await nextConnection(0)).socket.close(CLOSE.helloTimeout.code);
    (await nextConnection(1)).welcome(0, false);
    await vi.waitFor(() => expect(connection.state).toBe('open'));
  });

  it('hands on the media frames and signals of others', async () => {
    const media = new Promise((resolve) => connection.on('media', resolve));
    const signal = new Promise((resolve) => connection.on('signal', resolve));
    const first = await open();
    const header = { kind: MediaKind.voice, codec: 2, flags: 0, source: 0, sequence: 1, timestamp: 2 };
    first.socket.send(new Uint8Array([1, 2, 3]));
    first.socket.send(encodeMediaFrame(header, new Uint8Array([7, 8])));
    first.socket.send('not json');
    first.send({ type: 'live', status: IDLE });
    await expect(media).resolves.toEqual({ header, payload: new Uint8Array([7, 8]) });
    await expect(signal).resolves.toEqual({ type: 'live', status: IDLE });
  });

  it('leaves with a message and ends for good', async () => {
    const first = await open();
    const closed = new Promise((resolve) => connection.on('closed', resolve));
    const chat = connection.chat('too late');
    connection.leave();
    await expect(closed).resolves.toEqual({});
    await expect(chat).rejects.toMatchObject({ code: 'closed' });
    await first.requests('leave');
    expect(connection.state).toBe('closed');
    await expect(connection.chat('much too late')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('does not come back after a close code that says so', async () => {
    const first = await open();
    const closed = new Promise((resolve) => connection.on('closed', resolve));
    first.socket.close(CLOSE.roomClosed.code);
    await expect(closed).resolves.toEqual({ close: CLOSE.roomClosed });
    expect(tickets).toBe(1);
    expect(states).toEqual(['connecting', 'open', 'closed']);
  });

  it('ends when no ticket is to be had', async () => {
    ticketError = new StudioError('not_found', 'There is no such room.');
    const closed = new Promise((resolve) => connection.on('closed', resolve));
    connection.open();
    await expect(closed).resolves.toEqual({ error: ticketError });
  });

  it('tries again at once when the network is back', async () => {
    ticketError = new StudioError('unavailable', 'The studio cannot be reached.');
    connection.open();
    await vi.waitFor(() => expect(tickets).toBe(3), { timeout: 5_000 });
    // The next attempt would come after more than a second.
    ticketError = undefined;
    const before = performance.now();
    network.dispatchEvent(new Event('online'));
    await nextConnection(0);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('comes back when nothing is heard for longer than the heartbeat and the pong timeout', async () => {
    connection.open();
    const first = await nextConnection(0);
    first.welcome(0, false, 1);
    await vi.waitFor(() => expect(connection.state).toBe('open'));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      first.welcome(0, true, 25_000);
      await new Promise((resolve) => connection.on('welcome', resolve));
      await vi.advanceTimersByTimeAsync(25_000 + LIMITS.pongTimeoutMs - 100);
      expect(connection.state).toBe('open');
      await vi.advanceTimersByTimeAsync(200);
      expect(connection.state).toBe('reconnecting');
    } finally {
      vi.useRealTimers();
    }
  });
});
