import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { RoomConnection } from '@studio/client';
import {
  CLOSE,
  LIMITS,
  MediaCodec,
  MediaKind,
  PROTOCOL,
  StudioError,
  WS_PATH,
  encodeMediaFrame,
  newId,
} from '@studio/contracts';
import type { Close, RoomId } from '@studio/contracts';
import { Tickets } from '../identity/tickets.ts';
import { SECRET, TestStudio } from '../testing/studio.fixture.ts';
import type { Person, RawClient } from '../testing/studio.fixture.ts';

const HELLO_TIMEOUT_MS = 400;

function media(kind: MediaKind, payload = 640): Uint8Array {
  const header = { kind, codec: MediaCodec.pcm16k, flags: 0, source: 99, sequence: 1, timestamp: 1 };
  return encodeMediaFrame(header, new Uint8Array(payload));
}

describe('a client that breaks the protocol', () => {
  let studio: TestStudio;
  let roomId: RoomId;
  let offender: Person;
  let bystander: RoomConnection;
  let speaker: RoomConnection;
  /** What the bystander was told, apart from who comes and goes. */
  let noticed: unknown[];

  beforeAll(async () => {
    studio = await TestStudio.start({}, { timing: { helloTimeoutMs: HELLO_TIMEOUT_MS } });
    roomId = await studio.createRoom();
    offender = await studio.signIn('Offender');
    bystander = await studio.enter(await studio.signIn('Bystander'), roomId);
    speaker = await studio.enter(await studio.signIn('Speaker'), roomId);
    noticed = [];
    bystander.on('event', (event) => noticed.push(event.body));
    bystander.on('state', (state) => noticed.push(state));
    bystander.on('media', ({ header }) => noticed.push(header.sequence));
    bystander.on('closed', (closed) => noticed.push(closed));
  });
  afterAll(() => studio.close());

  /** The others in the room talk and hear as if nothing had happened, and nothing else reaches them. */
  async function expectOthersUndisturbed(): Promise<void> {
    noticed.length = 0;
    const heard = new Promise((resolve) => bystander.on('media', resolve));
    const header = {
      kind: MediaKind.microphone,
      codec: MediaCodec.pcm16k,
      flags: 0,
      sequence: 4,
      timestamp: 0,
    };
    expect(speaker.sendMedia(header, new Uint8Array(640))).toBe(true);
    await heard;
    await speaker.chat('still here');
    await bystander.chat('me too');
    expect(noticed).toEqual([4, { type: 'chat', text: 'still here' }, { type: 'chat', text: 'me too' }]);
  }

  async function expectClose(client: RawClient, { code, reason }: Close): Promise<void> {
    await expect(client.closed).resolves.toEqual({ code, reason });
    await expectOthersUndisturbed();
  }

  it.each<[string, Close, (client: RawClient) => void]>([
    ['text that is no JSON', CLOSE.malformedFrame, (client) => client.socket.send('{"type":')],
    [
      'a message of the wrong shape',
      CLOSE.malformedFrame,
      (client) => client.socket.send('{"type":"chat","id":"x"}'),
    ],
    [
      'a second hello',
      CLOSE.malformedFrame,
      (client) => client.send({ type: 'hello', ticket: 'x', since: null }),
    ],
    [
      'a binary frame without a header',
      CLOSE.malformedFrame,
      (client) => client.socket.send(new Uint8Array(5)),
    ],
    [
      'a frame of an unknown kind',
      CLOSE.malformedFrame,
      (client) => client.socket.send(new Uint8Array(40).fill(9)),
    ],
    ['the voice of Gemini', CLOSE.malformedFrame, (client) => client.socket.send(media(MediaKind.voice))],
    ['an unknown type', CLOSE.unknownType, (client) => client.socket.send('{"type":"dance","id":1}')],
    [
      'an oversized text frame',
      CLOSE.frameTooLarge,
      (client) => client.socket.send(`"${'x'.repeat(LIMITS.textFrameBytes)}"`),
    ],
    [
      'an oversized binary frame',
      CLOSE.frameTooLarge,
      (client) => client.socket.send(media(MediaKind.camera, LIMITS.binaryFrameBytes)),
    ],
  ])('is closed with the documented code for %s', async (_, close, offend) => {
    const client = await studio.connectInto(offender, roomId);
    offend(client);
    await expectClose(client, close);
  });

  it('is cut off by the WebSocket itself for a frame that is larger still', async () => {
    const client = await studio.connectInto(offender, roomId);
    client.socket.send(new Uint8Array(LIMITS.binaryFrameBytes * 2));
    expect((await client.closed).code).toBe(1009);
    await expectOthersUndisturbed();
  });

  it.each<[string, Close, string | Uint8Array]>([
    ['a request', CLOSE.helloExpected, JSON.stringify({ type: 'interrupt', id: 1 })],
    ['media', CLOSE.helloExpected, media(MediaKind.microphone)],
    ['nonsense', CLOSE.malformedFrame, 'nonsense'],
    ['an unknown type', CLOSE.unknownType, '{"type":"dance"}'],
    ['too much', CLOSE.frameTooLarge, new Uint8Array(LIMITS.binaryFrameBytes + 1)],
  ])('is closed when it sends %s before hello', async (_, close, frame) => {
    const client = await studio.connect();
    client.socket.send(frame);
    await expectClose(client, close);
  });

  it('is closed when it says nothing', async () => {
    await expectClose(await studio.connect(), CLOSE.helloTimeout);
  });

  async function closeForTicket(ticket: string): Promise<RawClient> {
    const client = await studio.connect();
    client.send({ type: 'hello', ticket, since: null });
    return client;
  }

  it('is closed for a ticket that was used before', async () => {
    const { ticket } = await offender.api.ticket(roomId);
    const first = await closeForTicket(ticket);
    await first.next('welcome');
    await expectClose(await closeForTicket(ticket), CLOSE.ticketUsed);
    expect(first.socket.readyState).toBe(WebSocket.OPEN);
    first.socket.terminate();
  });

  it('is closed for a ticket that was forged, and may come back when it has expired', async () => {
    const admission = { roomId, userId: newId(), name: 'Mallory', role: 'owner' } as const;
    const leases = { claimOnce: async () => true };
    const forged = await new Tickets(`${SECRET}, guessed`, leases).issue(admission);
    await expectClose(await closeForTicket(forged.ticket), CLOSE.ticketInvalid);
    await expectClose(await closeForTicket('no ticket'), CLOSE.ticketInvalid);
    const expired = await new Tickets(SECRET, leases, -5_000).issue(admission);
    await expectClose(await closeForTicket(expired.ticket), CLOSE.ticketExpired);
  });

  it('is closed when it goes on sending too many messages', async () => {
    const client = await studio.connectInto(offender, roomId);
    for (let id = 1; id <= 400; id++) client.send({ type: 'interrupt', id });
    const refused = await client.next('error');
    expect(refused).toMatchObject({ id: 41, code: 'rate_limited' });
    await expectClose(client, CLOSE.tooManyMessages);
  });

  it('does not get in without the subprotocol, or from a page of somewhere else', async () => {
    const url = `${studio.url.replace('http', 'ws')}${WS_PATH}`;
    const refusal = (socket: WebSocket): Promise<string> =>
      new Promise((resolve) => socket.on('error', (error) => resolve(error.message)));
    await expect(refusal(new WebSocket(url))).resolves.toContain('400');
    await expect(refusal(new WebSocket(url, 'kss.v0'))).resolves.toContain('400');
    const foreign = new WebSocket(url, PROTOCOL, { headers: { origin: 'https://evil.example' } });
    await expect(refusal(foreign)).resolves.toContain('403');
    const same = await studio.connect({ origin: studio.url });
    same.socket.terminate();
  });

  it('does not end the process with an upgrade that cannot be read', async () => {
    const crash = vi.fn();
    process.on('uncaughtException', crash);
    const socket = connect(studio.gateway.port, '127.0.0.1');
    await once(socket, 'connect');
    const lines = [`GET ${WS_PATH} HTTP/1.1`, 'Host: [', 'Connection: Upgrade', 'Upgrade: websocket'];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy());
    await once(socket, 'close');
    await expectOthersUndisturbed();
    process.off('uncaughtException', crash);
    expect(crash).not.toHaveBeenCalled();
  });

  it('can do nothing in a room that it was refused to enter, whatever it sent before it knew', async () => {
    studio.room.failures.set('room.join', new StudioError('conflict', 'The room is full.'));
    const { ticket } = await offender.api.ticket(roomId);
    const client = await studio.connect();
    const said = studio.room.of('room.append').length;
    client.send({ type: 'hello', ticket, since: null });
    client.send({ type: 'chat', id: 1, key: newId(), text: 'let me in' });
    await client.closed;
    studio.room.failures.delete('room.join');
    await expectOthersUndisturbed();
    expect(
      studio.room
        .of('room.append')
        .slice(said)
        .map(({ body }) => body),
    ).not.toContainEqual({
      type: 'chat',
      text: 'let me in',
    });
  });

  it('leaves no ticket and no word of the conversation in the log', async () => {
    const log = studio.log.join('');
    expect(log).not.toContain('still here');
    expect(log).not.toMatch(/eyJ[\w-]+\./);
    expect(log).not.toContain(SECRET);
  });
});
