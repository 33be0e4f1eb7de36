import { isNow } from './fault.ts';
import type { Fault } from './fault.ts';

/** A fault that was injected, and what came of it so far. */
export interface FaultReport {
  readonly id: string;
  readonly fault: Fault;
  /** How often it has struck. */
  readonly struck: number;
  /** How often it still will; null: until it is cleared. */
  readonly left: number | null;
}

/** Counts how often a fault has struck. */
export class InjectedFault {
  readonly id: string;
  readonly fault: Fault;
  #struck = 0;
  #cleared = false;

  constructor(id: string, fault: Fault) {
    this.id = id;
    this.fault = fault;
  }

  get report(): FaultReport {
    return { id: this.id, fault: this.fault, struck: this.#struck, left: this.#left };
  }

  get cleared(): boolean {
    return this.#cleared;
  }

  clear(): void {
    this.#cleared = true;
  }

  /** Counts a connection that it strikes. */
  count(): void {
    this.#struck += 1;
  }

  /** Strikes one more time; false where it has done so as often as it should. */
  use(): boolean {
    if (this.#cleared || this.#left === 0) return false;
    this.count();
    return true;
  }

  get #left(): number | null {
    const { times } = this.fault;
    if (isNow(this.fault)) return 0;
    return times === 'always' ? null : times - this.#struck;
  }
}
