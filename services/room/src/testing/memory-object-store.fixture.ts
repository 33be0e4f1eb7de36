import { ABSENT, PreconditionFailedError } from '@studio/object-store';
import type { ObjectStore, ObjectSummary, StoredObject, WriteOptions } from '@studio/object-store';

export class MemoryObjectStore implements ObjectStore {
  private readonly objects = new Map<string, StoredObject>();
  private generation = 0;

  get(name: string): Promise<StoredObject | undefined> {
    return Promise.resolve(this.objects.get(name));
  }

  async put(name: string, data: Uint8Array, options: WriteOptions = {}): Promise<string> {
    const there = this.objects.get(name)?.generation ?? ABSENT;
    if (options.expect !== undefined && options.expect !== there) throw new PreconditionFailedError(name);
    const generation = String(++this.generation);
    this.objects.set(name, { name, data, generation, metadata: options.metadata ?? {} });
    return generation;
  }

  delete(name: string): Promise<void> {
    this.objects.delete(name);
    return Promise.resolve();
  }

  list(
    prefix: string,
    { limit, after = '' }: { limit: number; after?: string },
  ): Promise<{ objects: ObjectSummary[]; next?: string }> {
    const all = [...this.objects.values()].filter(({ name }) => name.startsWith(prefix) && name > after);
    all.sort((a, b) => (a.name < b.name ? -1 : 1));
    const objects = all.slice(0, limit);
    const last = objects.at(-1);
    return Promise.resolve({ objects, ...(all.length > limit && last ? { next: last.name } : {}) });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
