import type { Lease, Leases } from './leases.ts';
import { COUNTER_MS } from './retention.ts';

interface Given {
  readonly token: number;
  readonly holder: string;
  expiresAt: number;
}

/** The leases of a studio that is one process. */
export class InProcessLeases implements Leases {
  readonly #now: () => number;
  /** The newest lease of each name, those given or renewed last at the end. */
  readonly #given = new Map<string, Given>();
  readonly #notes = new Map<string, { readonly text: string; readonly expiresAt: number }>();
  /** When each key may be claimed again. */
  readonly #claims = new Map<string, number>();
  readonly #places = new Map<string, { readonly ids: Set<string>; readonly until: number }>();

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined> {
    const now = this.#now();
    const previous = this.#given.get(name);
    if (previous !== undefined && previous.expiresAt > now) return Promise.resolve(undefined);
    const token = Math.max((previous?.token ?? 0) + 1, Math.floor(now));
    this.#given.delete(name);
    this.#given.set(name, { token, holder, expiresAt: now + ttlMs });
    forget(this.#given, (given) => given.expiresAt + COUNTER_MS < now);
    return Promise.resolve({ name, holder, token });
  }

  freeIn(name: string): Promise<number> {
    return Promise.resolve(Math.max(0, (this.#given.get(name)?.expiresAt ?? 0) - this.#now()));
  }

  renew(lease: Lease, ttlMs: number): Promise<boolean> {
    const held = this.#held(lease);
    if (held === undefined) return Promise.resolve(false);
    held.expiresAt = this.#now() + ttlMs;
    // To the end: at the front it would keep all that is useless behind it.
    this.#given.delete(lease.name);
    this.#given.set(lease.name, held);
    return Promise.resolve(true);
  }

  release(lease: Lease): Promise<void> {
    const held = this.#held(lease);
    if (held !== undefined) held.expiresAt = this.#now();
    return Promise.resolve();
  }

  discard(lease: Lease): Promise<void> {
    return this.#held(lease) === undefined ? Promise.resolve() : this.erase(lease.name);
  }

  remember(lease: Lease, text: string, ttlMs: number): Promise<boolean> {
    if (this.#given.get(lease.name)?.token !== lease.token) return Promise.resolve(false);
    const now = this.#now();
    this.#notes.delete(lease.name);
    this.#notes.set(lease.name, { text, expiresAt: now + ttlMs });
    forget(this.#notes, ({ expiresAt }) => expiresAt <= now);
    return Promise.resolve(true);
  }

  recall(name: string): Promise<string | undefined> {
    const note = this.#notes.get(name);
    return Promise.resolve(note !== undefined && note.expiresAt > this.#now() ? note.text : undefined);
  }

  token(name: string): Promise<number> {
    return Promise.resolve(this.#given.get(name)?.token ?? 0);
  }

  claimOnce(key: string, ttlMs: number): Promise<boolean> {
    const now = this.#now();
    forget(this.#claims, (until) => until <= now);
    if ((this.#claims.get(key) ?? 0) > now) return Promise.resolve(false);
    this.#claims.delete(key);
    this.#claims.set(key, now + ttlMs);
    return Promise.resolve(true);
  }

  takePlace(key: string, id: string, most: number, ttlMs: number): Promise<boolean> {
    const now = this.#now();
    forget(this.#places, ({ until }) => until <= now);
    const kept = this.#places.get(key);
    const current = kept !== undefined && kept.until > now;
    const { ids } = current ? kept : { ids: new Set<string>() };
    if (ids.has(id)) return Promise.resolve(true);
    if (ids.size >= most) return Promise.resolve(false);
    ids.add(id);
    if (!current) {
      this.#places.delete(key);
      this.#places.set(key, { ids, until: now + ttlMs });
    }
    return Promise.resolve(true);
  }

  giveBackPlace(key: string, id: string): Promise<void> {
    const kept = this.#places.get(key);
    kept?.ids.delete(id);
    if (kept?.ids.size === 0) this.#places.delete(key);
    return Promise.resolve();
  }

  erase(name: string): Promise<void> {
    this.#given.delete(name);
    this.#notes.delete(name);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #held(lease: Lease): Given | undefined {
    const given = this.#given.get(lease.name);
    const held =
      given?.token === lease.token && given.holder === lease.holder && given.expiresAt > this.#now();
    return held ? given : undefined;
  }
}

/** Drops entries from the oldest on until one is still of use, so that nothing grows without end. */
function forget<T>(entries: Map<string, T>, useless: (value: T) => boolean): void {
  for (const [key, value] of entries) {
    if (!useless(value)) return;
    entries.delete(key);
  }
}
