/** Values by name that together have at most so many bytes; the ones that were not used for longest go first. */
export class ByteCache<V> {
  private readonly values = new Map<string, { value: V; bytes: number }>();
  private readonly limit: number;
  private bytes = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get(name: string): V | undefined {
    const entry = this.values.get(name);
    if (entry === undefined) return undefined;
    // The map's order is that of use.
    this.values.delete(name);
    this.values.set(name, entry);
    return entry.value;
  }

  set(name: string, value: V, bytes: number): void {
    this.delete(name);
    this.values.set(name, { value, bytes });
    this.bytes += bytes;
    for (const [oldest] of this.values) {
      if (this.bytes <= this.limit) break;
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    this.bytes -= this.values.get(name)?.bytes ?? 0;
    this.values.delete(name);
  }
}
