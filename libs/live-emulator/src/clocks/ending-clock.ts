import type { Clock } from '../clock.ts';

/** A clock whose tasks can all be called off at once. */
export function endingClock(clock: Clock): { readonly clock: Clock; readonly end: () => void } {
  const pending = new Set<() => void>();
  let ended = false;
  return {
    clock: {
      now: () => clock.now(),
      after: (ms, task) => {
        if (ended) return () => undefined;
        const cancelTimer = clock.after(ms, () => {
          pending.delete(cancel);
          task();
        });
        const cancel = () => {
          pending.delete(cancel);
          cancelTimer();
        };
        pending.add(cancel);
        return cancel;
      },
    },
    end: () => {
      ended = true;
      for (const cancel of pending) cancel();
    },
  };
}
