import { startNats, type TestServer } from '@studio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BusTimeoutError } from './message-bus.ts';
import { describeMessageBus } from './message-bus.contract.ts';
import { connectNatsBus, type NatsBus } from './nats-bus.ts';

describe('NATS', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startNats();
  });
  afterAll(async () => server.stop());

  describeMessageBus('NATS', async (onError) => {
    const options = { servers: server.url, name: 'contract', onError };
    return [await connectNatsBus(options), await connectNatsBus(options)];
  });
});

describe('the message bus on a NATS server that fails', () => {
  let server: TestServer;
  let bus: NatsBus;
  let states: boolean[];
  beforeEach(async () => {
    server = await startNats({ own: true });
    states = [];
    bus = await connectNatsBus({
      servers: server.url,
      name: 'outage',
      onConnection: (connected) => states.push(connected),
    });
  });
  afterEach(async () => {
    await bus.close();
    await server.stop();
  });

  const untilConnected = (connected: boolean) =>
    vi.waitFor(() => expect(bus.connected()).toBe(connected), 10_000);

  it('subscribes again by itself after a restart, and publishes into the outage without an error', async () => {
    const seen: number[] = [];
    await bus.subscribe('news', (message) => void seen.push(message.data[0] ?? -1));
    await bus.subscribe('ask', (message) => message.respond(Uint8Array.of(7)), { queue: 'q' });
    await server.restart(async () => {
      await untilConnected(false);
      for (let count = 0; count < 1_000; count += 1) bus.publish('news', Uint8Array.of(1));
    });
    await untilConnected(true);
    bus.publish('news', Uint8Array.of(2));
    expect((await bus.request('ask', Uint8Array.of(0))).data[0]).toBe(7);
    expect(seen).toEqual([2]);
    expect(states).toEqual([true, false, true]);
  });

  it('holds a request and a new subscription until the server is back, within the deadline', async () => {
    await bus.subscribe('ask', (message) => message.respond(message.data.slice()));
    let held: Promise<unknown> = Promise.resolve();
    await server.restart(async () => {
      await untilConnected(false);
      held = Promise.all([
        bus.request('ask', Uint8Array.of(1), { timeoutMs: 10_000 }),
        bus.subscribe('later', (message) => message.respond(Uint8Array.of(2))),
      ]);
      await expect(bus.request('ask', Uint8Array.of(1), { timeoutMs: 50 })).rejects.toThrow(BusTimeoutError);
    });
    await held;
    expect((await bus.request('later', Uint8Array.of(0))).data[0]).toBe(2);
  });

  it('notices a server that has frozen, and goes on when it answers again', async () => {
    await bus.subscribe('ask', (message) => message.respond(Uint8Array.of(3)));
    await server.pause();
    await untilConnected(false);
    await server.resume();
    await untilConnected(true);
    expect((await bus.request('ask', Uint8Array.of(0))).data[0]).toBe(3);
  });

  it('closes while the server is away', async () => {
    await bus.subscribe('news', () => undefined);
    await server.restart(async () => {
      await untilConnected(false);
      await bus.close();
    });
    expect(bus.connected()).toBe(false);
  });

  it('waits for a server that is not there yet', async () => {
    let late: Promise<NatsBus> | undefined;
    const told: boolean[] = [];
    await server.restart(async () => {
      late = connectNatsBus({
        servers: server.url,
        name: 'early',
        onConnection: (connected) => told.push(connected),
      });
      await vi.waitFor(() => expect(told).toEqual([false]), 5_000);
    });
    const connected = await late;
    expect(connected?.connected()).toBe(true);
    expect(told).toEqual([false, true]);
    await connected?.close();
  });
});
