import { afterEach, describe, expect, it, vi } from 'vitest';
import { CLOSE, LIMITS, MediaCodec, MediaKind, SUBJECT, encodeMediaFrame, newId } from '@studio/contracts';
import { TestStudio } from '../testing/studio.fixture.ts';
import type { RawClient } from '../testing/studio.fixture.ts';

/** Stops reading from the network, as a suspended tab does. */
function freeze({ socket }: RawClient): void {
  socket.pause();
}

describe('a client that does not keep up', () => {
  let studio: TestStudio;

  afterEach(() => studio.close());

  it('loses its own media and disturbs nobody', async () => {
    studio = await TestStudio.start();
    const roomId = await studio.createRoom();
    const [speaker, listener, frozen] = [
      await studio.connectInto(await studio.signIn('Speaker'), roomId),
      await studio.connectInto(await studio.signIn('Listener'), roomId),
      await studio.connectInto(await studio.signIn('Frozen'), roomId),
    ];
    freeze(frozen);
    // As from another gateway, and more than one second's worth of what a client may send: 25 MB of pictures.
    const delays: number[] = [];
    for (let sequence = 0; sequence < 100; sequence++) {
      const header = {
        kind: MediaKind.camera,
        codec: MediaCodec.jpeg,
        flags: 0,
        source: 77,
        sequence,
        timestamp: 0,
      };
      const sentAt = performance.now();
      studio.bus.publish(
        SUBJECT.media(roomId, MediaKind.camera),
        encodeMediaFrame(header, new Uint8Array(250_000)),
      );
      await Promise.all([listener.nextFrame(), speaker.nextFrame()]);
      delays.push(performance.now() - sentAt);
    }
    expect(delays.sort((a, b) => a - b)[98]).toBeLessThan(200);
    const metrics = await (await fetch(`${studio.url}/metrics`)).text();
    expect(Number(/media_dropped_total\S* (\d+)/.exec(metrics)?.[1])).toBeGreaterThan(10);
    speaker.send({ type: 'chat', id: 1, key: newId(), text: 'the last word' });
    await listener.next('event');
    // Nothing but media was lost: what it is owed arrives when it wakes up.
    frozen.socket.resume();
    for (;;) {
      const { event } = await frozen.next('event');
      if (event.body.type === 'chat' && event.body.text === 'the last word') break;
    }
    expect(frozen.frames.length).toBeLessThan(100);
    expect(frozen.socket.readyState).toBe(frozen.socket.OPEN);
  });

  it('is closed as slow when more than 1 MiB waits that must arrive', async () => {
    studio = await TestStudio.start();
    const roomId = await studio.createRoom();
    const frozen = await studio.connectInto(await studio.signIn('Frozen'), roomId);
    const listener = await studio.connectInto(await studio.signIn('Listener'), roomId);
    freeze(frozen);
    const text = 'x'.repeat(50_000);
    let sent = 0;
    // What the operating system takes for the frozen client comes on top.
    while (studio.room.of('room.leave').length === 0 && sent < 64 * 1024 * 1024) {
      studio.room.signal(roomId, { type: 'transcript', key: newId(), participantId: 'gemini', text });
      sent += text.length;
      await listener.next('transcript');
    }
    expect(sent).toBeGreaterThan(LIMITS.queueBytes);
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toHaveLength(1), { timeout: 5_000 });
    expect(listener.socket.readyState).toBe(listener.socket.OPEN);
    expect(studio.room.of('room.leave')[0]?.reason).toBe('lost');
  });

  it('is not kept more requests than may come at once when they take long', async () => {
    studio = await TestStudio.start();
    const client = await studio.connectInto(await studio.signIn('Ada'), await studio.createRoom());
    const gate = Promise.withResolvers<undefined>();
    studio.room.beforeAppend = gate.promise;
    for (let id = 1; id <= LIMITS.controlBurst; id++)
      client.send({ type: 'chat', id, key: newId(), text: `line ${id}` });
    await vi.waitFor(() => expect(studio.room.of('room.append')).toHaveLength(1));
    // By then its rate allows another one.
    await new Promise((resolve) => setTimeout(resolve, 2_000 / LIMITS.controlPerSecond));
    const id = LIMITS.controlBurst + 1;
    client.send({ type: 'chat', id, key: newId(), text: 'one too many' });
    expect(await client.next('error')).toMatchObject({ id, code: 'rate_limited' });
    gate.resolve(undefined);
    await vi.waitFor(() => expect(studio.room.of('room.append')).toHaveLength(LIMITS.controlBurst));
  });

  it('does not hold up the end of the process with what it asked for last', async () => {
    studio = await TestStudio.start({}, { timing: { answerTimeoutMs: 50 } });
    const client = await studio.connectInto(await studio.signIn('Ada'), await studio.createRoom());
    const gate = Promise.withResolvers<undefined>();
    studio.room.beforeAppend = gate.promise;
    for (let id = 1; id <= 10; id++) client.send({ type: 'chat', id, key: newId(), text: `line ${id}` });
    await vi.waitFor(() => expect(studio.room.of('room.append')).toHaveLength(1));
    const closed = studio.gateway.close();
    expect((await client.closed).code).toBe(CLOSE.movingAway.code);
    gate.resolve(undefined);
    await closed;
    expect(studio.room.of('room.append')).toHaveLength(1);
  });

  it('is cut off when it does not answer pings, and is told events by heartbeats as long as it does', async () => {
    studio = await TestStudio.start(
      {},
      { timing: { pingIntervalMs: 60, unheardMs: 150, cutMs: 900, closeTimeoutMs: 100 } },
    );
    const roomId = await studio.createRoom();
    const alive = await studio.connectInto(await studio.signIn('Alive'), roomId);
    const dead = await studio.connectInto(await studio.signIn('Dead'), roomId);
    freeze(dead);
    for (let beats = 0; beats < 4; beats++) expect(await alive.next('heartbeat')).toMatchObject({ seq: 1 });
    // First it is away, then over.
    const lost = { connectionId: studio.room.of('room.join')[1]?.connectionId, reason: 'lost' };
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toMatchObject([lost]));
    expect(dead.socket.readyState).toBe(dead.socket.OPEN);
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toMatchObject([lost, lost]));
    expect(alive.socket.readyState).toBe(alive.socket.OPEN);
  });

  it('is away while nothing is heard of it, and there again with the next word', async () => {
    studio = await TestStudio.start({}, { timing: { pingIntervalMs: 60, unheardMs: 150 } });
    const client = await studio.connectInto(await studio.signIn('Ada'), await studio.createRoom());
    const [joined] = studio.room.of('room.join');
    freeze(client);
    await vi.waitFor(() => expect(studio.room.of('room.leave')).toHaveLength(1));
    client.socket.resume();
    await vi.waitFor(() =>
      expect(studio.room.of('room.join')).toEqual([joined, { ...joined, rejoin: true, source: 1 }]),
    );
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it('is asked to move when the gateway closes', async () => {
    studio = await TestStudio.start({ DRAIN_MOVE_MS: '200' });
    const roomId = await studio.createRoom();
    const person = await studio.signIn('Ada');
    const clients = await Promise.all([1, 2, 3].map(() => studio.connectInto(person, roomId)));
    const [, moved] = await Promise.all([
      studio.gateway.close(),
      Promise.all(clients.map(({ closed }) => closed)),
    ]);
    expect(moved).toEqual(
      clients.map(() => ({ code: CLOSE.movingAway.code, reason: CLOSE.movingAway.reason })),
    );
    expect(studio.room.of('room.leave')).toHaveLength(3);
    await expect(fetch(`${studio.url}/healthz`)).rejects.toThrow();
  });
});
