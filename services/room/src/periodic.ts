/** Does something again and again, a little unevenly, so that replicas do not all do it at once. */
export class Periodic {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private readonly intervalMs: number;
  private readonly action: () => Promise<void>;

  /** `intervalMs`: on average. `action` never rejects. */
  constructor(intervalMs: number, action: () => Promise<void>) {
    this.intervalMs = intervalMs;
    this.action = action;
  }

  /** `delayMs`: until the first time, on average. */
  start(delayMs = this.intervalMs): void {
    if (this.stopped) return;
    this.timer = setTimeout(
      () => {
        this.running = this.action().finally(() => this.start());
      },
      delayMs * (0.75 + Math.random() / 2),
    );
  }

  /** Resolves when it is not done any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }
}
