import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE, PROTOCOL, WS_PATH, newId } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';
import type { Person } from '../testing/studio.fixture.ts';

describe('a gateway that is terminated', () => {
  let studio: TestStudio;
  let roomId: RoomId;
  let ada: Person;

  beforeEach(async () => {
    studio = await TestStudio.start({ DRAIN_MOVE_MS: '200' }, { timing: { closeTimeoutMs: 300 } });
    roomId = await studio.createRoom();
    ada = await studio.signIn('Ada');
  });
  afterEach(() => studio.close());

  it('answers what was asked before it asks to move, and tells every departure before it ends', async () => {
    const gate = Promise.withResolvers<undefined>();
    studio.room.beforeAppend = gate.promise;
    const client = await studio.connectInto(ada, roomId);
    client.send({ type: 'chat', id: 1, key: newId(), text: 'the last line' });
    await vi.waitFor(() => expect(studio.room.of('room.append')).toHaveLength(1));
    const closed = studio.gateway.close();
    gate.resolve(undefined);
    expect(await client.next('ack')).toMatchObject({ id: 1, seq: 2 });
    // It is in the room until it goes: what is said meanwhile reaches it.
    expect((await client.next('event')).event.seq).toBe(1);
    expect((await client.next('event')).event.seq).toBe(2);
    expect((await client.closed).code).toBe(CLOSE.movingAway.code);
    await closed;
    expect(studio.room.of('room.leave')).toMatchObject([{ reason: 'lost' }]);
  });

  it('takes no connection any more, and moves one that was at the door', async () => {
    const atTheDoor = await studio.connect();
    const { ticket } = await ada.api.ticket(roomId);
    const closed = studio.gateway.close();
    atTheDoor.send({ type: 'hello', ticket, since: null });
    const url = `${studio.url.replace('http', 'ws')}${WS_PATH}`;
    const [error] = (await once(new WebSocket(url, PROTOCOL), 'error')) as [Error];
    expect(error.message).toMatch(/ECONNREFUSED|503/);
    expect((await atTheDoor.closed).code).toBe(CLOSE.movingAway.code);
    await closed;
    expect(studio.room.of('room.leave')).toHaveLength(studio.room.of('room.join').length);
  });

  it('cuts off who does not listen', async () => {
    const frozen = await studio.connectInto(ada, roomId);
    frozen.socket.pause();
    const before = performance.now();
    await studio.gateway.close();
    expect(performance.now() - before).toBeLessThan(5_000);
    frozen.socket.resume();
    expect(studio.room.of('room.leave')).toMatchObject([{ reason: 'lost' }]);
  });

  it('lets a download that is under way end', async () => {
    const actor = { ...ada.user, kind: 'person' } as const;
    const { events } = studio.room.conversation(roomId);
    // 40 MB: more than the network between the two holds.
    for (let seq = 2; seq <= 20_000; seq++)
      events.push({
        ...{ seq, at: seq, key: `key-${seq}-of-event`, actor },
        body: { type: 'chat', text: 'x'.repeat(2_000) },
      });
    const cookie = (
      await fetch(`${studio.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"name":"Bob"}',
      })
    ).headers.getSetCookie()[0];
    const request = get(ada.api.exportUrl(roomId, 'json'), { headers: { cookie } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let ended = false;
    const closed = studio.gateway.close().then(() => {
      ended = true;
    });
    await vi.waitFor(() => expect(fetch(`${studio.url}/healthz`)).rejects.toThrow());
    expect(ended).toBe(false);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const kept = JSON.parse(Buffer.concat(chunks).toString()) as { events: unknown[] };
    expect(kept.events).toHaveLength(20_000);
    await closed;
  });
});
