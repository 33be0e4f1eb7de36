import type { Clock } from '../clock.ts';
import { Fault, isNow, isStrike } from './fault.ts';
import type { FaultInput, Moment, Refuse, Strike } from './fault.ts';
import { InjectedFault } from './injected-fault.ts';
import type { FaultReport } from './injected-fault.ts';
import { strike } from './strike.ts';
import type { Victim } from './victim.ts';

/** The oldest go first beyond this number. */
const MAX_FAULTS = 1000;

/** What is made to go wrong in an emulator: injected at any time, struck at its moment, kept until it is cleared. */
export class Faults {
  readonly #clock: Clock;
  readonly #injected = new Map<string, InjectedFault>();
  readonly #victims = new Set<Victim>();
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Makes something go wrong, now or at its moment.
   * @returns the id that `clear` takes
   * @throws ZodError when there is no such fault
   */
  inject(input: FaultInput): string {
    const fault = Fault.parse(input);
    this.#count += 1;
    const injected = new InjectedFault(`fault-${this.#count}`, fault);
    this.#injected.set(injected.id, injected);
    const [oldest] = this.#injected.keys();
    if (this.#injected.size > MAX_FAULTS) this.clear(oldest);
    if (isStrike(fault) && isNow(fault)) {
      for (const victim of this.#victims) {
        if (!concerns(fault, victim)) continue;
        injected.count();
        this.#strike(injected, fault, victim);
      }
    }
    return injected.id;
  }

  /** Ends a fault, or all of them: what waits does not come any more, what lasts is over. */
  clear(id?: string): void {
    const ids = id === undefined ? [...this.#injected.keys()] : [id];
    for (const each of ids) {
      this.#injected.get(each)?.clear();
      this.#injected.delete(each);
      for (const victim of this.#victims) victim.lift(each);
    }
  }

  /** Everything injected and not cleared, the oldest first; also what has struck as often as it should. */
  list(): FaultReport[] {
    return [...this.#injected.values()].map((injected) => injected.report);
  }

  /** The refusal that a new connection meets at the door, if there is one. */
  atDoor(): Refuse | null {
    for (const injected of this.#injected.values()) {
      if (injected.fault.fault === 'refuse' && injected.use()) return injected.fault;
    }
    return null;
  }

  /** A connection opened. The function given back takes it off again. */
  watch(victim: Victim): () => void {
    this.#victims.add(victim);
    return () => this.#victims.delete(victim);
  }

  /** Something happened on a connection: what waits for it strikes. */
  occurred(moment: Moment, victim: Victim): void {
    for (const injected of this.#injected.values()) {
      const { fault } = injected;
      if (isStrike(fault) && fault.on === moment && concerns(fault, victim) && injected.use()) {
        this.#strike(injected, fault, victim);
      }
    }
  }

  #strike(injected: InjectedFault, fault: Strike, victim: Victim): void {
    const act = () => {
      if (!injected.cleared && this.#victims.has(victim)) strike(fault, injected.id, victim, this.#clock);
    };
    // Never within the call that made the moment: who sends a message is not to lose its connection meanwhile.
    if (fault.after === 0) queueMicrotask(act);
    else this.#clock.after(fault.after, act);
  }
}

function concerns(fault: Strike, { sessionId }: Victim): boolean {
  return fault.session === undefined || fault.session === sessionId;
}
