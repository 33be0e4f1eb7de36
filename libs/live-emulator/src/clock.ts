/** The one source of time of an emulator, so that an hour can pass in seconds. */
export interface Clock {
  /** Emulated time in milliseconds since the Unix epoch. */
  now(): number;
  /** Runs the task once, after that many emulated milliseconds. The function given back cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** A clock that runs `speed` times as fast as the machine's. */
export function scaledClock(speed: number): Clock {
  const origin = Date.now();
  const started = performance.now();
  return {
    now: () => origin + (performance.now() - started) * speed,
    after: (ms, task) => {
      const timer = setTimeout(task, ms / speed);
      return () => clearTimeout(timer);
    },
  };
}
