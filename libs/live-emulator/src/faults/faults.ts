import type { Clock } from '../clock.ts';
import type { Refusal } from '../session/refusal.ts';
import { modelNotFound, quotaExceeded, sessionNotFound } from '../session/refusal.ts';
import type { UpgradeRefusal } from '../transport/upgrade-refusal.ts';
import { Fault } from './fault.ts';
import type { FaultInput, Moment, Place } from './fault.ts';
import { InjectedFault } from './injected-fault.ts';
import type { FaultReport } from './injected-fault.ts';
import type { Network } from './network.ts';
import { seededRandom } from './random.ts';
import { strike } from './strike.ts';
import type { Victim } from './victim.ts';

/** The oldest go first beyond this number. */
const MAX_FAULTS = 1000;

/** Of a setup, what a refusal of it depends on. */
export interface Application {
  readonly model: string;
  readonly apiVersion: string;
  readonly resumes: boolean;
}

/** What whoever uses an emulator may do about its faults. */
export type FaultControl = Pick<Faults, 'inject' | 'clear' | 'list'>;

/** What is made to go wrong in an emulator: injected at any time, struck at its moment, kept until it is cleared. */
export class Faults {
  readonly #clock: Clock;
  readonly #injected = new Map<string, InjectedFault>();
  readonly #victims = new Set<Victim>();
  readonly #outages = new Set<string>();
  #random: () => number;
  #network: Network | null = null;
  #count = 0;

  /** @param seed an integer; what is random about faults is the same for the same seed */
  constructor(clock: Clock, seed: number) {
    this.#clock = clock;
    this.#random = seededRandom(seed);
  }

  reseed(seed: number): void {
    this.#random = seededRandom(seed);
  }

  /**
   * Makes something go wrong, now or at its moment.
   * @returns the id that `clear` takes
   * @throws ZodError when there is no such fault
   */
  inject(input: FaultInput): string {
    return this.add(Fault.parse(input));
  }

  /** The same for a fault that has been parsed already. */
  add(fault: Fault): string {
    this.#count += 1;
    const injected = new InjectedFault(`fault-${this.#count}`, fault);
    const { id } = injected;
    this.#injected.set(id, injected);
    if (this.#injected.size > MAX_FAULTS) this.clear(this.#oldest);
    for (const victim of this.#victims) {
      if (injected.acts('now', victim.sessionId)) this.#strike(injected, victim);
    }
    if (fault.fault === 'outage') this.#breakNetwork(id, fault.for);
    if (fault.fault === 'latency' && fault.for !== undefined) {
      this.#clock.after(fault.for, () => injected.end());
    }
    return id;
  }

  /** Ends a fault, or all of them: what waits does not come any more, what lasts is over. */
  clear(id?: string): void {
    const ids = id === undefined ? [...this.#injected.keys()] : [id];
    for (const each of ids) {
      this.#injected.get(each)?.end();
      this.#injected.delete(each);
      for (const victim of this.#victims) victim.lift(each);
      this.#mendNetwork(each);
    }
  }

  /** Everything injected and not cleared, the oldest first; also what has struck as often as it should. */
  list(): FaultReport[] {
    return [...this.#injected.values()].map((injected) => injected.report);
  }

  /** The refusal that a new connection meets at the door, if there is one. */
  atDoor(): UpgradeRefusal | null {
    const fault = this.#use('door')?.fault;
    if (fault?.fault !== 'refuse') return null;
    const { code, reason = '', status = 503 } = fault;
    return code === undefined ? { status } : { code, reason };
  }

  /** The refusal that a setup meets, if there is one. */
  admission({ model, apiVersion, resumes }: Application): Refusal | null {
    const fault = this.#use('admission', null, (name) => name !== 'handle-refused' || resumes)?.fault;
    switch (fault?.fault) {
      case 'unknown-model':
        return modelNotFound(model, apiVersion);
      case 'handle-refused':
        return sessionNotFound();
      default:
        return fault ? quotaExceeded() : null;
    }
  }

  /** Something happened on a connection: everything that waits for it strikes. */
  occurred(moment: Moment, victim: Victim): void {
    for (const injected of this.#injected.values()) {
      if (injected.acts(moment, victim.sessionId)) this.#strike(injected, victim);
    }
  }

  /** Whether what is to happen there now goes wrong. */
  strikes(place: Extract<Place, 'plan' | 'transcripts' | 'tool-calls'>, victim: Victim): boolean {
    return this.#use(place, victim.sessionId) !== null;
  }

  /** How late the next message of a connection is to be, in milliseconds. */
  delayFor(victim: Victim): number {
    let delayMs = 0;
    for (const injected of this.#injected.values()) {
      const { fault } = injected;
      if (fault.fault !== 'latency' || !injected.acts('every-message', victim.sessionId)) continue;
      injected.count();
      delayMs += fault.by + this.#random() * fault.jitter;
    }
    return delayMs;
  }

  /** A connection opened. The function given back takes it off again. */
  watch(victim: Victim): () => void {
    this.#victims.add(victim);
    return () => this.#victims.delete(victim);
  }

  /** Where outages happen. */
  reach(network: Network): void {
    this.#network = network;
    if (this.#outages.size > 0) network.down();
  }

  /** The one that goes when there are too many: one that has struck as often as it should, if there is one. */
  get #oldest(): string | undefined {
    const all = [...this.#injected.values()];
    return (all.find(({ report }) => report.left === 0) ?? all[0])?.id;
  }

  #strike(injected: InjectedFault, victim: Victim): void {
    const { fault, id } = injected;
    const afterMs = 'after' in fault ? fault.after : 0;
    const act = () => {
      if (!injected.hasEnded && this.#victims.has(victim)) strike(fault, id, victim, this.#clock);
    };
    injected.count();
    // Never within the call that made the moment: who sends a message is not to lose its connection meanwhile.
    if (afterMs === 0) queueMicrotask(act);
    else this.#clock.after(afterMs, act);
  }

  #use(
    place: Place,
    sessionId: string | null = null,
    suits: (name: Fault['fault']) => boolean = () => true,
  ): InjectedFault | null {
    for (const injected of this.#injected.values()) {
      if (!injected.acts(place, sessionId) || !suits(injected.fault.fault)) continue;
      injected.count();
      return injected;
    }
    return null;
  }

  #breakNetwork(id: string, forMs: number | undefined): void {
    this.#injected.get(id)?.count();
    this.#outages.add(id);
    if (this.#outages.size === 1) this.#network?.down();
    if (forMs !== undefined) this.#clock.after(forMs, () => this.#mendNetwork(id));
  }

  #mendNetwork(id: string): void {
    if (this.#outages.delete(id) && this.#outages.size === 0) this.#network?.up();
  }
}
