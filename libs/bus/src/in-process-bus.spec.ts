import { describe, expect, it } from 'vitest';
import { InProcessBus } from './in-process-bus.ts';
import { describeMessageBus } from './message-bus.contract.ts';

describeMessageBus('in process', async (onError) => {
  const bus = new InProcessBus({ onError });
  return [bus, bus];
});

describe('the message bus in process', () => {
  it('hands over the very bytes that were published', async () => {
    const bus = new InProcessBus();
    const data = new Uint8Array(1_300);
    const received = Promise.withResolvers<Uint8Array>();
    await bus.subscribe('frame', (message) => received.resolve(message.data));
    bus.publish('frame', data);
    expect(await received.promise).toBe(data);
    await bus.close();
  });

  it('leaves the process to others while handlers publish to each other without end', async () => {
    const bus = new InProcessBus();
    let rounds = 0;
    await bus.subscribe('ping', () => {
      rounds += 1;
      bus.publish('ping', new Uint8Array());
    });
    bus.publish('ping', new Uint8Array());
    const timer = await new Promise<string>((resolve) => setTimeout(() => resolve('fired'), 20));
    expect(timer).toBe('fired');
    expect(rounds).toBeGreaterThan(10);
  });
});
