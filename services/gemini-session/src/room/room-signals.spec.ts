import { InProcessBus, decodeJson } from '@studio/bus';
import { IDLE, SUBJECT, newId } from '@studio/contracts';
import { afterEach, expect, it, vi } from 'vitest';
import { RoomSignals } from './room-signals.ts';

afterEach(() => vi.useRealTimers());

it('tells an unchanged status again after a while, because the bus may have lost it', async () => {
  const [bus, roomId] = [new InProcessBus(), newId()];
  const told: unknown[] = [];
  await bus.subscribe(SUBJECT.signal(roomId), ({ data }) => void told.push(decodeJson(data)));
  vi.useFakeTimers();
  const signals = new RoomSignals(bus, roomId);
  for (let ticks = 0; ticks < 60; ticks++) {
    signals.status(IDLE);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(told).toEqual([
    { type: 'live', status: IDLE },
    { type: 'live', status: IDLE },
  ]);
});
