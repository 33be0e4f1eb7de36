/** Processes of the local cluster that faults are made on. */
export const SERVICES = [
  'gateway-1',
  'gateway-2',
  'room-1',
  'room-2',
  'gemini-session-1',
  'gemini-session-2',
] as const;
export type Service = (typeof SERVICES)[number];
export const BROKERS = ['nats-server', 'redis-server'] as const;
export type Broker = (typeof BROKERS)[number];
export type Target = Service | Broker;

/**
 * `kill`: SIGKILL, and started again; `pause`: SIGSTOP for a while; `restart`: SIGTERM, and started again; `empty`: a broker loses what it
 * holds with its process; `cut`: the service's connections to a broker are reset and new ones refused; `silence`: they stay open, and
 * nothing passes; `away`: nobody reaches the object store.
 */
export type Fault =
  | { kind: 'kill'; target: Target }
  | { kind: 'pause'; target: Target; forMs: number }
  | { kind: 'restart'; target: Service }
  | { kind: 'empty'; target: 'redis-server' }
  | { kind: 'cut' | 'silence'; target: Service; broker: Broker; forMs: number }
  | { kind: 'away'; target: 'object-store'; forMs: number };
export type FaultKind = Fault['kind'];

/** A fault, and when it happens, in milliseconds after the beginning. */
export type PlannedFault = Fault & { readonly at: number };

/** The longest of each kind, in milliseconds: a service's may be noticed by a person, a broker's stops everything. */
const LONGEST_SERVICE_MS = 5_000;
const LONGEST_BROKER_MS = 2_500;
const SHORTEST_MS = 500;
/** Before and after an outage of the object store, milliseconds. */
const STORAGE_MARGIN_MS = 15_000;

/** What comes in one round: the harder kinds once, those that happen to everybody more often. */
const KINDS: readonly FaultKind[] = [
  ...(['kill', 'kill', 'kill', 'pause', 'pause', 'restart', 'restart'] as const),
  ...(['cut', 'cut', 'silence', 'silence', 'empty'] as const),
];

export interface FaultsOptions {
  seed: number;
  count: number;
  durationMs: number;
  /** So many at about the same time; one by default, so that what it breaks can heal before the next one. */
  atOnce?: number;
}

/**
 * The faults of a run: a pure function of the seed. Kinds come in rounds, each in an order of its own, and each kind visits all its
 * targets before it comes back to one.
 */
export function planFaults({ seed, count, durationMs, atOnce = 1 }: FaultsOptions): PlannedFault[] {
  const random = randomFrom(seed);
  const kinds = rounds(KINDS, random);
  const targets = new Map(KINDS.map((kind) => [kind, rounds(faultsOf(kind), random)]));
  const every = (durationMs / count) * atOnce;
  const plan = Array.from({ length: count }, (_, index) => {
    const fault = targets.get(kinds())?.();
    if (fault === undefined) throw new Error('every kind has targets');
    const at = Math.round((Math.floor(index / atOnce) + random() / (3 * atOnce)) * every);
    if (!('forMs' in fault)) return { ...fault, at };
    const longest = BROKERS.some((broker) => broker === fault.target)
      ? LONGEST_BROKER_MS
      : LONGEST_SERVICE_MS;
    const forMs = Math.round(SHORTEST_MS + random() * (Math.min(longest, every / 2) - SHORTEST_MS));
    return { ...fault, at, forMs: Math.max(SHORTEST_MS, forMs) };
  });
  return plan.toSorted((a, b) => a.at - b.at);
}

/** Every process of the services is replaced, one after the other, as a deployment does it. */
export function planRollingRestart(durationMs: number): PlannedFault[] {
  return SERVICES.map((target, index) => ({
    kind: 'restart',
    target,
    at: Math.round((index * durationMs) / SERVICES.length),
  }));
}

/** The object store is away for the middle of the time, and nothing else is wrong. */
export function planStorageOutage(durationMs: number): PlannedFault[] {
  const at = STORAGE_MARGIN_MS;
  return [{ kind: 'away', target: 'object-store', at, forMs: durationMs - 2 * at }];
}

function faultsOf(kind: FaultKind): Fault[] {
  switch (kind) {
    case 'kill':
      return [...SERVICES, ...BROKERS].map((target) => ({ kind, target }));
    case 'pause':
      return [...SERVICES, ...BROKERS].map((target) => ({ kind, target, forMs: 0 }));
    case 'restart':
      return SERVICES.map((target) => ({ kind, target }));
    case 'empty':
      return [{ kind, target: 'redis-server' }];
    case 'away':
      return [];
    case 'cut':
    case 'silence':
      return SERVICES.flatMap((target) => BROKERS.map((broker) => ({ kind, target, broker, forMs: 0 })));
  }
}

/** Each call gives another item, until all were given; then in another order anew. */
function rounds<T>(items: readonly T[], random: () => number): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = shuffled(items, random);
    return left.pop() as T;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Numbers from 0 to below 1 that follow from the seed: mulberry32, by Tommy Ettinger (public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
