import { describe, expect, it } from 'vitest';
import { startLiveEmulator } from '../emulator.ts';
import { ask, liveSession, turnsOf } from '../testing/raw-session.ts';
import { endingClock } from './ending-clock.ts';
import { ManualClock } from './manual-clock.ts';
import { scaledClock } from './scaled-clock.ts';
import { TimerQueue } from './timer-queue.ts';

describe('a manual clock', () => {
  it('runs tasks in the order of their times, and in the order they were made where those are equal', async () => {
    const clock = new ManualClock(1000);
    const ran: [string, number][] = [];
    const note = (name: string) => () => ran.push([name, clock.now()]);
    clock.after(30, note('late'));
    clock.after(10, note('first'));
    clock.after(10, note('second'));
    clock.after(10, () => clock.after(5, note('made meanwhile')));
    const cancel = clock.after(20, note('cancelled'));
    cancel();
    await clock.advance(29);
    expect(ran).toEqual([
      ['first', 1010],
      ['second', 1010],
      ['made meanwhile', 1015],
    ]);
    expect(clock.now()).toBe(1029);
    await clock.advance(1);
    expect(ran.at(-1)).toEqual(['late', 1030]);
  });

  it('goes on by the sum of what it is told at once, and after a task that failed', async () => {
    const clock = new ManualClock(0);
    clock.after(5, () => {
      throw new Error('broken task');
    });
    const [failed] = await Promise.allSettled([clock.advance(10), clock.advance(10)]);
    expect(failed.status).toBe('rejected');
    expect(clock.now()).toBe(15);
  });

  it('drives a whole emulator: nothing is said before its time', async () => {
    const clock = new ManualClock();
    const emulator = await startLiveEmulator({ clock, setupDelayMs: 0, latencyMs: 300 });
    const opening = liveSession(emulator);
    await expect.poll(() => clock.advance(0).then(() => emulator.sessions().length)).toBe(1);
    await clock.advance(0);
    const raw = await opening;
    ask(raw);
    await expect.poll(() => emulator.sessions()[0]?.receivedFrames).toBe(1);
    await clock.advance(299);
    await raw.answersPing();
    expect(raw.frames).toHaveLength(1);
    await clock.advance(1);
    await raw.until(() => raw.frames.length > 1);
    await clock.advance(60_000);
    await raw.until(() => turnsOf(raw) === 1);
    await emulator.close();
  });
});

it('a queue of timers gives what is due by time, and in the order of adding where that is equal', () => {
  const queue = new TimerQueue();
  const ran: string[] = [];
  for (const [dueAt, name] of [
    [30, 'late'],
    [10, 'first'],
    [20, 'cancelled'],
    [10, 'second'],
  ] as const) {
    const cancel = queue.add(dueAt, () => ran.push(name));
    if (name === 'cancelled') cancel();
  }
  expect(queue.nextDueAt).toBe(10);
  for (let task = queue.takeDue(29); task; task = queue.takeDue(29)) task();
  expect(ran).toEqual(['first', 'second']);
  expect(queue.nextDueAt).toBe(30);
});

describe('a scaled clock', () => {
  it('keeps the order of times that are within one millisecond of the machine', async () => {
    const clock = scaledClock(1000);
    /** Between which two times each task was due. */
    const ran: { readonly earliest: number; readonly latest: number }[] = [];
    const plan = (ms: number) => {
      const earliest = clock.now() + ms;
      const due = { earliest, latest: earliest };
      const cancel = clock.after(ms, () => ran.push(due));
      due.latest = clock.now() + ms;
      return cancel;
    };
    for (const ms of [900, 300, 600, 0, 450]) plan(ms);
    plan(100)();
    await new Promise<void>((resolve) => clock.after(5000, resolve));
    expect(ran).toHaveLength(5);
    const outOfOrder = ran.filter(({ latest }, at) =>
      ran.slice(0, at).some(({ earliest }) => earliest > latest),
    );
    expect(outOfOrder).toEqual([]);
  });

  it('passes so many times faster, and waits longer than a timer of the machine can', async () => {
    const clock = scaledClock(1000);
    const startedAt = clock.now();
    let early = false;
    const cancel = scaledClock(1).after(2 ** 31, () => (early = true));
    await new Promise<void>((resolve) => clock.after(5000, resolve));
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(4000);
    expect(early).toBe(false);
    cancel();
  });
});

it('a clock that has ended runs nothing any more', async () => {
  const manual = new ManualClock(0);
  const { clock, end } = endingClock(manual);
  const ran: string[] = [];
  clock.after(1, () => ran.push('before'));
  clock.after(3, () => ran.push('pending'));
  await manual.advance(2);
  end();
  clock.after(1, () => ran.push('after'));
  await manual.advance(10);
  expect(ran).toEqual(['before']);
});
