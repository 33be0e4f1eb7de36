import { ManualClock } from '@studio/live-emulator';
import { createLogger } from '@studio/platform';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveConnection, LiveListener } from './live-connection.ts';
import { LiveSession } from './live-session.ts';
import type { LinkState } from './session-state.ts';

/** Connections that do nothing but end when they are closed, and what the session does with them. */
class Service {
  readonly clock = new ManualClock();
  /** When a connection was made, milliseconds. */
  readonly madeAt: number[] = [];
  /** What people were told of the connection. */
  readonly links: LinkState[] = [];
  listener: LiveListener | undefined;
  /** Connecting waits for this. */
  ready: Promise<unknown> = Promise.resolve();
  held: string | undefined;
  settled = false;
  readonly session = new LiveSession({
    connect: (_to, listener) => this.connect(listener),
    model: () => 'gemini-3.8-live',
    context: () => [],
    onHandle: () => undefined,
    onReady: () => undefined,
    onEvent: () => undefined,
    onLost: () => undefined,
    onLink: (link) => this.links.push(link),
    onNewMemory: () => undefined,
    hold: () => this.held,
    settled: () => this.settled,
    rotateAfterMs: 540_000,
    refusedRetryMs: 30_000,
    clock: this.clock,
    logger: createLogger('live-session', { level: 'silent' }),
  });

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      await this.clock.advance(100);
      await turn();
    }
  }

  private async connect(listener: LiveListener): Promise<LiveConnection> {
    await this.ready;
    this.madeAt.push(this.clock.now());
    this.listener = listener;
    const connection: Pick<LiveConnection, 'stalled' | 'terminate' | 'close'> = {
      stalled: () => false,
      terminate: () => undefined,
      close: () => Promise.resolve(),
    };
    return connection as LiveConnection;
  }
}

/** Of what has been waiting to go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

let service: Service;
beforeEach(() => {
  service = new Service();
});
afterEach(async () => {
  await service.session.stop();
});

it('is never cut in the middle of an answer because somebody has changed the settings after the service said when it will cut', async () => {
  service.session.start();
  await service.pass(100);
  service.listener!.onEvent({ type: 'goAway', timeLeftMs: 9_000 });
  await service.pass(3_000);
  service.session.renew();
  const [first] = service.madeAt;
  await service.pass(5_000);
  expect(service.madeAt).toHaveLength(2);
  expect(service.madeAt[1]! - first!).toBeLessThan(9_000 - 4_000);
});

it('ends within its time when there must be no connection, however often that is found', async () => {
  service.session.start();
  await service.pass(100);
  service.held = 'The budget is used up.';
  for (let times = 0; times < 3; times++) {
    service.session.reconsider();
    await service.pass(1_000);
  }
  expect(service.session.connection).toBeUndefined();
});

it('does not stay when the budget was used up while it was connecting', async () => {
  const ready = Promise.withResolvers<undefined>();
  service.ready = ready.promise;
  service.session.start();
  service.held = 'The budget is used up.';
  service.session.reconsider();
  ready.resolve(undefined);
  await service.pass(2_500);
  expect(service.madeAt).toHaveLength(1);
  expect(service.session.connection).toBeUndefined();
});

describe('a service that accepts connections and ends each of them soon', () => {
  /** Each connection lives for so long, and says so much before. */
  async function flicker(times: number, livesMs: number, says: (listener: LiveListener) => void) {
    for (let time = 0; time < times; time++) {
      while (service.session.connection === undefined) await service.pass(100);
      await service.pass(livesMs);
      says(service.listener!);
      service.listener!.onEnd({ code: 1011, detail: '', slow: false });
      await turn();
    }
  }

  it('is told to be unavailable, and is tried more and more seldom', async () => {
    service.session.start();
    await flicker(8, 1_500, () => undefined);
    expect(service.links).toContain('unavailable');
    const waits = service.madeAt.slice(1).map((at, i) => at - service.madeAt[i]!);
    expect(waits[0]).toBeLessThan(2_000);
    expect(waits.at(-1)).toBeGreaterThan(9_000);
  });

  it('is well when one of them has answered, or has lived for long', async () => {
    service.session.start();
    await flicker(8, 1_500, ({ onEvent }) => onEvent({ type: 'turnComplete' }));
    await flicker(4, 6_000, () => undefined);
    expect(service.links).not.toContain('unavailable');
    expect(Math.max(...service.madeAt.slice(1).map((at, i) => at - service.madeAt[i]!))).toBeLessThan(7_000);
  });
});
