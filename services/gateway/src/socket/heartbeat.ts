import type { Timing } from './timing.ts';

/** Pings the other side, and finds out when nothing is heard of it. Hearing something only sets a flag. */
export class Heartbeat {
  private readonly interval: ReturnType<typeof setInterval>;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private heardSince = true;

  constructor(timing: Timing, ping: () => void, onSilence: () => void) {
    this.interval = setInterval(() => {
      this.heardSince = false;
      ping();
      clearTimeout(this.deadline);
      this.deadline = setTimeout(() => {
        if (!this.heardSince) onSilence();
      }, timing.pongTimeoutMs);
    }, timing.pingIntervalMs);
  }

  heard(): void {
    this.heardSince = true;
  }

  stop(): void {
    clearInterval(this.interval);
    clearTimeout(this.deadline);
  }
}
