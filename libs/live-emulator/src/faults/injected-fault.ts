import { placeOf } from './fault.ts';
import type { Fault, Place } from './fault.ts';

/** A fault that was injected, and what came of it so far. */
export interface FaultReport {
  readonly id: string;
  /** With its defaults filled in; durations in milliseconds. */
  readonly fault: Fault;
  /** How often it has struck. */
  readonly struck: number;
  /** How often it still will; null: until it is cleared. */
  readonly left: number | null;
}

/** Knows where a fault acts, and counts how often it has struck. */
export class InjectedFault {
  readonly id: string;
  readonly fault: Fault;
  readonly #place: Place;
  #struck = 0;
  #ended = false;

  constructor(id: string, fault: Fault) {
    this.id = id;
    this.fault = fault;
    this.#place = placeOf(fault);
  }

  get report(): FaultReport {
    return { id: this.id, fault: this.fault, struck: this.#struck, left: this.#left };
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  end(): void {
    this.#ended = true;
  }

  /** Whether it strikes at this place, in this session. */
  acts(place: Place, sessionId: string | null): boolean {
    if (this.#ended || place !== this.#place || (place !== 'now' && this.#left === 0)) return false;
    const only = 'session' in this.fault ? this.fault.session : undefined;
    return only === undefined || only === sessionId;
  }

  /** It strikes. */
  count(): void {
    this.#struck += 1;
  }

  get #left(): number | null {
    if (this.#ended || this.#place === 'now' || this.#place === 'network') return 0;
    const times = 'times' in this.fault ? this.fault.times : 'always';
    return times === 'always' ? null : times - this.#struck;
  }
}
