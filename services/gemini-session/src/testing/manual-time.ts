import { ManualClock } from '@studio/live-emulator';

const STEP_MS = 20;
/** So long the network has its turn after each step. */
const TURNS = 4;
const MOST_STEPS = 3_000;

/** Time that goes on only when a test lets it, however busy the machine is. */
export class ManualTime {
  readonly clock = new ManualClock();

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += STEP_MS) await this.step();
  }

  /** Lets time pass until something is so. @throws Error when it is not after a minute */
  async until(condition: () => boolean): Promise<void> {
    for (let steps = 0; !condition(); steps++) {
      if (steps === MOST_STEPS) throw new Error(`it never came true: ${String(condition)}`);
      await this.step();
    }
  }

  private async step(): Promise<void> {
    await this.clock.advance(STEP_MS);
    for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}
