import type { Clock } from '../clock.ts';
import { TimerQueue } from './timer-queue.ts';

/** The longest that a timer of the machine waits, in milliseconds; it takes a longer time for none at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A clock that runs `speed` times as fast as the machine's. What is due within one millisecond of the machine still
 * happens in the order of its time.
 */
export function scaledClock(speed: number): Clock {
  const origin = Date.now();
  const started = performance.now();
  const now = () => origin + (performance.now() - started) * speed;
  const queue = new TimerQueue();
  let timer: NodeJS.Timeout | undefined;
  /** What the timer waits for. */
  let armedFor: number | null = null;
  const arm = () => {
    const { nextDueAt } = queue;
    if (nextDueAt === armedFor) return;
    clearTimeout(timer);
    armedFor = nextDueAt;
    if (nextDueAt === null) return;
    timer = setTimeout(run, Math.min(Math.max(0, (nextDueAt - now()) / speed), LONGEST_TIMER));
  };
  const run = () => {
    armedFor = null;
    const until = now();
    try {
      for (let task = queue.takeDue(until); task; task = queue.takeDue(until)) task();
    } finally {
      arm();
    }
  };
  return {
    now,
    after: (ms, task) => {
      const cancel = queue.add(now() + Math.max(0, ms), task);
      arm();
      return () => {
        cancel();
        arm();
      };
    },
  };
}
