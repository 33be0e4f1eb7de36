/** A map that forgets the entries that were not used for longest. */
export class LruMap<V> {
  readonly #limit: number;
  readonly #mayForget: (value: V) => boolean;
  readonly #entries = new Map<string, V>();

  /** Keeps at most `limit` entries, and those that may not be forgotten. */
  constructor(limit: number, mayForget: (value: V) => boolean = () => true) {
    this.#limit = limit;
    this.#mayForget = mayForget;
  }

  get(key: string): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const [oldKey, old] of this.#entries) {
      if (this.#entries.size <= this.#limit) break;
      if (old !== value && this.#mayForget(old)) this.#entries.delete(oldKey);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
