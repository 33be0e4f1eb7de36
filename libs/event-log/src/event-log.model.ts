import { newId } from '@studio/contracts';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { EventLogStore } from './event-log.contract.ts';
import { HeadMovedError } from './event-log.ts';
import type { EventLog, LogEntry } from './event-log.ts';
import { KeyedAppender } from './keyed-appender.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const NAMES = ['x', 'y'] as const;
type Name = (typeof NAMES)[number];

/** The simplest thing that could be right: everything that was ever appended to a log, and from where on it is kept. */
class Reference {
  all: readonly LogEntry[] = [];
  first = 0;

  get head(): number {
    return this.all.length;
  }

  append(key: string, data: Uint8Array): void {
    this.all = [...this.all, { seq: this.head + 1, key, data }];
    this.first ||= 1;
  }

  trim(before: number): void {
    this.first = Math.max(this.first, Math.min(before, this.head));
  }

  kept(after = 0, limit = Infinity): LogEntry[] {
    return this.all.filter(({ seq }) => seq > after && seq >= this.first).slice(0, limit);
  }

  seqsOf(key: string): number[] {
    return this.all.filter((entry) => entry.key === key).map(({ seq }) => seq);
  }
}

type Model = Record<Name, Reference>;

/** Two writers, which may be two processes or the same one, as the engine allows. */
class Writers {
  readonly #store: EventLogStore;
  /** So that no run meets what another one left. */
  readonly #run = newId();
  readonly #logs: EventLog[] = [];
  #appenders: KeyedAppender[] = [];

  constructor(store: EventLogStore) {
    this.#store = store;
  }

  async open(): Promise<this> {
    const one = await this.#store.open();
    this.#logs.push(one, await this.#store.openBeside(one));
    this.#appenders = this.#logs.map((log) => new KeyedAppender(log));
    return this;
  }

  async close(): Promise<void> {
    await Promise.all(this.#logs.splice(0).map((log) => log.close()));
  }

  nameOf(name: Name): string {
    return `${this.#run}-${name}`;
  }

  log(writer: number): EventLog {
    return this.#logs[writer] ?? expect.fail('there are two writers');
  }

  keyed(writer: number, name: Name, key: string, data: Uint8Array) {
    return this.#appenders[writer]?.append(this.nameOf(name), key, () => data);
  }

  async delete(writer: number, name: Name): Promise<void> {
    await this.log(writer).delete(this.nameOf(name));
    for (const appender of this.#appenders) appender.forget(this.nameOf(name));
    expect(await this.#store.leftOf(this.nameOf(name))).toEqual([]);
  }
}

type Command = fc.AsyncCommand<Model, Writers>;

/** A step on one of the logs by one of the writers; what it was is told when a run fails. */
function command<T extends object>(
  what: string,
  given: fc.Arbitrary<T>,
  run: (given: T & { name: Name; writer: number }, reference: Reference, writers: Writers) => Promise<void>,
): fc.Arbitrary<Command> {
  const where = fc.record({ name: fc.constantFrom(...NAMES), writer: fc.nat(1) });
  return fc.tuple(where, given).map(([place, rest]) => {
    const all = { ...place, ...rest };
    return {
      check: () => true,
      run: (model, writers) => run(all, model[all.name], writers),
      toString: () => `${what} ${JSON.stringify(all)}`,
    };
  });
}

const nothing = fc.constant({});
/** Mostly small, now and then more than one frame of a trimmed file. */
const data = fc.oneof(
  { weight: 9, arbitrary: fc.string({ maxLength: 6 }).map(encode) },
  { weight: 1, arbitrary: fc.nat(70_000).map((size) => new Uint8Array(size).fill(size & 255)) },
);

const COMMANDS: fc.Arbitrary<Command>[] = [
  command(
    'append',
    fc.record({ off: fc.constantFrom(0, 0, 0, -1, 1, 3), data }),
    async (given, reference, writers) => {
      const expected = Math.max(0, reference.head + given.off);
      const key = `plain-${reference.head + 1}`;
      const appended = writers
        .log(given.writer)
        .append(writers.nameOf(given.name), expected, key, given.data);
      if (expected === reference.head) {
        expect(await appended).toBe(expected + 1);
        reference.append(key, given.data);
      } else {
        const refused = await appended.catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(HeadMovedError);
        expect(refused).toMatchObject({ head: reference.head });
      }
    },
  ),
  command(
    'append many',
    fc.record({ count: fc.integer({ min: 2, max: 30 }) }),
    async (given, reference, writers) => {
      const log = writers.log(given.writer);
      for (let n = 0; n < given.count; n += 1) {
        const key = `many-${reference.head + 1}`;
        await log.append(writers.nameOf(given.name), reference.head, key, encode(key));
        reference.append(key, encode(key));
      }
    },
  ),
  command(
    'append once',
    fc.record({ key: fc.constantFrom('a', 'b', 'c'), data }),
    async (given, reference, writers) => {
      const before = reference.seqsOf(given.key);
      const result = await writers.keyed(given.writer, given.name, given.key, given.data);
      if (result?.duplicate === true) {
        expect(before).toContain(result.seq);
      } else {
        // Only a key whose entry was dropped may be taken for new.
        expect(before.filter((seq) => seq >= reference.first)).toEqual([]);
        expect(result).toEqual({ seq: reference.head + 1, duplicate: false });
        reference.append(given.key, given.data);
      }
    },
  ),
  command(
    'read',
    fc.record({ back: fc.integer({ min: -2, max: 60 }), limit: fc.nat(40) }),
    async (given, reference, writers) => {
      const after = Math.max(0, reference.head - given.back);
      const entries = await writers.log(given.writer).read(writers.nameOf(given.name), after, given.limit);
      expectSame(entries, reference.kept(after, given.limit));
    },
  ),
  command('head and first', nothing, async (given, reference, writers) => {
    const log = writers.log(given.writer);
    expect(await log.head(writers.nameOf(given.name))).toBe(reference.head);
    expect(await log.first(writers.nameOf(given.name))).toBe(reference.first);
  }),
  command(
    'trim',
    fc.record({ back: fc.integer({ min: -2, max: 30 }) }),
    async (given, reference, writers) => {
      const before = reference.head - given.back;
      await writers.log(given.writer).trim(writers.nameOf(given.name), before);
      reference.trim(before);
    },
  ),
  command('delete', nothing, async (given, reference, writers) => {
    await writers.delete(given.writer, given.name);
    Object.assign(reference, new Reference());
  }),
  command('open again', nothing, async (_given, _reference, writers) => {
    await writers.close();
    await writers.open();
  }),
];

/** Runs random steps on an engine and on the reference; in the end both have the same logs, also when they are opened again. */
export async function checkEventLogAgainstModel(store: EventLogStore, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 30, size: 'max' }), async (commands) => {
      const writers = await new Writers(store).open();
      const model: Model = { x: new Reference(), y: new Reference() };
      try {
        await fc.asyncModelRun(() => ({ model, real: writers }), commands);
        for (const reopened of [false, true]) {
          if (reopened) {
            await writers.close();
            await writers.open();
          }
          for (const name of NAMES)
            for (const writer of [0, 1])
              expectSame(await writers.log(writer).read(writers.nameOf(name), 0, 10_000), model[name].kept());
        }
        for (const name of NAMES) await writers.delete(0, name);
      } finally {
        await writers.close();
      }
    }),
    { numRuns },
  );
}

/** `toEqual` on large arrays takes too long. */
function expectSame(actual: readonly LogEntry[], expected: readonly LogEntry[]): void {
  const names = (entries: readonly LogEntry[]) => entries.map(({ seq, key }) => `${seq} ${key}`);
  expect(names(actual)).toEqual(names(expected));
  for (const [index, { seq, data }] of actual.entries())
    if (Buffer.compare(data, expected[index]?.data ?? new Uint8Array()) !== 0)
      expect.fail(`entry ${seq} has other data`);
}
