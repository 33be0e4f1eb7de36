import { ManualClock } from '@studio/live-emulator';
import { createLogger } from '@studio/platform';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LiveConnection, LiveListener } from './live-connection.ts';
import { LiveSession } from './live-session.ts';

/** Connections that do nothing but end when they are closed, and what the session does with them. */
class Service {
  readonly clock = new ManualClock();
  /** When a connection was made, milliseconds. */
  readonly madeAt: number[] = [];
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
    onLink: () => undefined,
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
      await new Promise((resolve) => setImmediate(resolve));
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
