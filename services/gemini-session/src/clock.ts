/** Time as a Live session has it, so that tests can let hours pass in seconds. */
export interface Clock {
  /** Milliseconds; only differences mean anything. */
  now(): number;
  /** Runs the task once, after so many milliseconds. The function given back cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** The machine's time, which never goes back. */
export const MACHINE_CLOCK: Clock = {
  now: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** Runs the task again and again until the function given back is called. */
export function every(clock: Clock, ms: number, task: () => void): () => void {
  const run = () => {
    cancel = clock.after(ms, run);
    task();
  };
  let cancel = clock.after(ms, run);
  return () => cancel();
}

/** Resolves when it is so, or when `mostMs` are over; it is looked every `lookMs`. */
export async function untilSo(
  clock: Clock,
  isSo: () => boolean,
  { lookMs, mostMs }: { lookMs: number; mostMs: number },
): Promise<void> {
  if (isSo()) return;
  const at = Promise.withResolvers<undefined>();
  const cancelLimit = clock.after(mostMs, () => at.resolve(undefined));
  const cancelLook = every(clock, lookMs, () => {
    if (isSo()) at.resolve(undefined);
  });
  await at.promise;
  cancelLimit();
  cancelLook();
}
