import { PreconditionFailedError } from '../object-store.ts';
import { openDiskObjectStore } from './disk-object-store.ts';

// A process for tests: counts up an object some times, and writes each number that it reached on a line.
const [directory = '', times = '0'] = process.argv.slice(2);
const store = await openDiskObjectStore(directory);
for (let done = 0; done < Number(times);) {
  const object = await store.get('shared/counter');
  if (object === undefined) throw new Error('there is nothing to count up');
  const next = Number(new TextDecoder().decode(object.data)) + 1;
  try {
    await store.put('shared/counter', new TextEncoder().encode(String(next)), { expect: object.generation });
  } catch (error) {
    if (error instanceof PreconditionFailedError) continue;
    throw error;
  }
  process.stdout.write(`${next}\n`);
  done += 1;
}
