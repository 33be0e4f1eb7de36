/** The one source of time of an emulator, so that an hour can pass in seconds. */
export interface Clock {
  /** Emulated time in milliseconds since the Unix epoch. */
  now(): number;
  /** Runs the task once, after that many emulated milliseconds. The function given back cancels it. */
  after(ms: number, task: () => void): () => void;
}
