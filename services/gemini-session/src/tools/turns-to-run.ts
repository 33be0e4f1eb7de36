/** A bounded number of calls that run at a time; the others wait in order. */
export class TurnsToRun {
  private free: number;
  private readonly queue: (() => void)[] = [];
  private readonly most: number;

  constructor(atATime: number, waiting: number) {
    this.free = atATime;
    this.most = waiting;
  }

  /** Waits for a turn. Only what was `taken` is to be released; `full`: too many wait already. */
  async take(signal: AbortSignal): Promise<'taken' | 'full' | 'aborted'> {
    if (signal.aborted) return 'aborted';
    if (this.free > 0) {
      this.free--;
      return 'taken';
    }
    if (this.queue.length >= this.most) return 'full';
    return new Promise((resolve) => {
      const take = () => {
        signal.removeEventListener('abort', giveUp);
        resolve('taken');
      };
      const giveUp = () => {
        this.queue.splice(this.queue.indexOf(take), 1);
        resolve('aborted');
      };
      this.queue.push(take);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  release(): void {
    const next = this.queue.shift();
    if (next === undefined) this.free++;
    else next();
  }
}
