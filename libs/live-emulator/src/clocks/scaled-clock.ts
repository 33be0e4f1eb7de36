import type { Clock } from '../clock.ts';

/** The longest that a timer of the machine waits, in milliseconds; it takes a longer time for none at all. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A clock that runs `speed` times as fast as the machine's. */
export function scaledClock(speed: number): Clock {
  const origin = Date.now();
  const started = performance.now();
  const now = () => origin + (performance.now() - started) * speed;
  return {
    now,
    after: (ms, task) => {
      const dueAt = now() + ms;
      let timer: NodeJS.Timeout;
      const wait = (realMs: number) => {
        timer = setTimeout(
          () => {
            if (realMs > LONGEST_TIMER) wait((dueAt - now()) / speed);
            else task();
          },
          Math.min(realMs, LONGEST_TIMER),
        );
      };
      wait(ms / speed);
      return () => clearTimeout(timer);
    },
  };
}
