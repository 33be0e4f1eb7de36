import { newId } from '@studio/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_ENTRY_BYTES } from './entry-limits.ts';
import { checkEventLogAgainstModel } from './event-log.model.ts';
import { HeadMovedError } from './event-log.ts';
import type { EventLog, LogEntry } from './event-log.ts';

/** One store that logs are kept in; every `open` of it is what another process would have. */
export interface EventLogStore {
  /** The store as a process sees it. Where only one process may have it open, the one before is closed. */
  open(): Promise<EventLog>;
  /** Opens a second writer beside the first: another process's, or the same where only one process may write. */
  openBeside(log: EventLog): Promise<EventLog>;
  /** What is in the store of a log, looked up past the port: names of files, subjects of messages. */
  leftOf(log: string): Promise<string[]>;
  remove(): Promise<void>;
}

const encode = (text: string) => new TextEncoder().encode(text);
const textOf = (entry: LogEntry) => new TextDecoder().decode(entry.data);
const seqsOf = (entries: readonly LogEntry[]) => entries.map(({ seq }) => seq);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** An engine that needs no I/O for an answer must not keep others from theirs. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function fill(log: EventLog, name: string, count: number, after = 0): Promise<void> {
  for (let head = after; head < after + count; head += 1)
    await log.append(name, head, `key-${head + 1}`, encode(`entry ${head + 1}`));
}

/** What every engine of the port promises. `modelRuns`: how many random sequences of calls are compared with the reference. */
export function describeEventLog(
  engine: string,
  create: () => Promise<EventLogStore>,
  { modelRuns }: { modelRuns: number },
): void {
  describe(`${engine} as an event log`, () => {
    let store: EventLogStore;
    let log: EventLog;
    beforeAll(async () => {
      store = await create();
      log = await store.open();
    });
    afterAll(async () => {
      await log.close();
      await store.remove();
    });

    it('knows nothing of a log that was never written', async () => {
      const name = newId();
      expect(await log.head(name)).toBe(0);
      expect(await log.read(name, 0, 10)).toEqual([]);
      await log.delete(name);
    });

    it('numbers entries from 1 and gives them back as they were written', async () => {
      const name = newId();
      const data = Uint8Array.from(range(0, 255));
      expect(await log.append(name, 0, 'chat/somebody/1', data)).toBe(1);
      expect(await log.append(name, 1, 'chat/somebody/2', new Uint8Array())).toBe(2);
      expect(await log.head(name)).toBe(2);
      expect(await log.read(name, 0, 10)).toEqual([
        { seq: 1, key: 'chat/somebody/1', data },
        { seq: 2, key: 'chat/somebody/2', data: new Uint8Array() },
      ]);
    });

    it('keeps what it was given when the caller uses the buffer again', async () => {
      const name = newId();
      const buffer = encode('first');
      const appended = log.append(name, 0, 'key-1', buffer);
      buffer.fill(0);
      await appended;
      expect((await log.read(name, 0, 1)).map(textOf)).toEqual(['first']);
    });

    it.each([0, 2, 4, 100])('refuses to append after %i when the head is 3', async (expected) => {
      const name = newId();
      await fill(log, name, 3);
      const refused = log.append(name, expected, 'late', encode('late'));
      await expect(refused).rejects.toThrow(HeadMovedError);
      await expect(refused).rejects.toMatchObject({ head: 3 });
      expect(await log.head(name)).toBe(3);
    });

    it('refuses to begin a log anywhere but at its beginning', async () => {
      const name = newId();
      await expect(log.append(name, 5, 'key-6', encode('x'))).rejects.toMatchObject({
        name: 'HeadMovedError',
        head: 0,
      });
      expect(await log.head(name)).toBe(0);
    });

    it('lets one of several simultaneous writers win, and the others see the winner', async () => {
      const name = newId();
      const other = await store.openBeside(log);
      const results = await Promise.allSettled(
        range(1, 10).map((n) => (n % 2 ? log : other).append(name, 0, `key-${n}`, encode(`writer ${n}`))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ head: 1 });
      expect(await other.read(name, 0, 10)).toEqual(await log.read(name, 0, 10));
      expect(await log.head(name)).toBe(1);
      if (other !== log) await other.close();
    });

    it('keeps the log contiguous, without loss or double, while two writers race', async () => {
      const name = newId();
      const other = await store.openBeside(log);
      const written: number[] = [];
      const write = async (writer: EventLog, id: string) => {
        let head = 0;
        for (let n = 1; n <= 100;) {
          try {
            head = await writer.append(name, head, `${id}-${n}`, encode(`${id} ${n}`));
            written.push(head);
            n += 1;
          } catch (error) {
            if (!(error instanceof HeadMovedError)) throw error;
            head = error.head;
          }
        }
      };
      await Promise.all([write(log, 'a'), write(other, 'b')]);
      expect(written.sort((a, b) => a - b)).toEqual(range(1, 200));
      const entries = await log.read(name, 0, 1_000);
      expect(seqsOf(entries)).toEqual(range(1, 200));
      for (const id of ['a', 'b'])
        expect(entries.map(textOf).filter((text) => text.startsWith(id))).toEqual(
          range(1, 100).map((n) => `${id} ${n}`),
        );
      if (other !== log) await other.close();
    });

    it('reads any part of a long log that grew among others', async () => {
      const names = [newId(), newId(), newId()];
      const [name = '', second = '', third = ''] = names;
      await Promise.all([fill(log, name, 600), fill(log, second, 40), fill(log, third, 300)]);
      await fill(log, name, 900, 600);
      const head = 1_500;
      for (const after of [0, 1, 15, 16, 17, 599, 600, 601, 1_000, 1_490, 1_498, 1_499])
        for (const limit of [1, 2, 8, 9, 10, 200]) {
          const entries = await log.read(name, after, limit);
          expect(seqsOf(entries)).toEqual(range(after + 1, Math.min(head, after + limit)));
          for (const entry of entries) {
            expect(textOf(entry)).toBe(`entry ${entry.seq}`);
            expect(entry.key).toBe(`key-${entry.seq}`);
          }
        }
      expect(seqsOf(await log.read(name, 0, 10_000))).toEqual(range(1, head));
      expect(await log.read(name, head, 5)).toEqual([]);
      expect(await log.read(name, head + 7, 5)).toEqual([]);
      expect(await log.read(name, 3, 0)).toEqual([]);
      expect(seqsOf(await log.read(second, 30, 100))).toEqual(range(31, 40));
    });

    it('keeps large entries', async () => {
      const name = newId();
      const sizes = [60 * 1024, MAX_ENTRY_BYTES, 1, 60 * 1024];
      const large = sizes.map((size, index) => new Uint8Array(size).map((_, at) => (at * 31 + index) & 255));
      for (const [head, data] of large.entries()) await log.append(name, head, `key-${head + 1}`, data);
      const entries = await log.read(name, 0, 10);
      // `toEqual` on arrays of this size takes seconds.
      expect(
        entries.map(({ data }, index) => Buffer.compare(data, large[index] ?? new Uint8Array())),
      ).toEqual([0, 0, 0, 0]);
    });

    it('refuses names, keys and data that it could not keep', async () => {
      const refusals = [
        log.append('../escape', 0, 'key', encode('x')),
        log.append('a.b', 0, 'key', encode('x')),
        log.head('a b'),
        log.read('', 0, 1),
        log.delete('*'),
        log.first('*'),
        log.trim('*', 1),
        log.append(newId(), 0, 'two\r\nlines', encode('x')),
        log.append(newId(), 0, '', encode('x')),
        log.append(newId(), 0, 'key', new Uint8Array(MAX_ENTRY_BYTES + 1)),
      ];
      for (const result of await Promise.allSettled(refusals))
        expect(result).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) as unknown });
    });

    it('drops the oldest entries, and keeps the sequences of all others', async () => {
      const name = newId();
      const neighbour = newId();
      expect(await log.first(name)).toBe(0);
      await log.trim(name, 5);
      await fill(log, name, 30);
      await fill(log, neighbour, 30);
      expect(await log.first(name)).toBe(1);
      await log.read(name, 2, 5);
      await log.read(name, 20, 5);
      await log.trim(name, 12);
      // Nothing to drop.
      for (const before of [12, 5, 1, 0, -1]) await log.trim(name, before);
      expect([await log.first(name), await log.head(name)]).toEqual([12, 30]);
      for (const after of [0, 1, 2, 5, 10, 11, 12, 20, 28, 29])
        for (const limit of [1, 2, 12, 100]) {
          const begin = Math.max(after, 11);
          const entries = await log.read(name, after, limit);
          expect(seqsOf(entries)).toEqual(range(begin + 1, Math.min(30, begin + limit)));
          expect(entries.map(textOf)).toEqual(entries.map(({ seq }) => `entry ${seq}`));
        }
      expect(await log.read(name, 30, 5)).toEqual([]);
      await fill(log, name, 10, 30);
      expect(seqsOf(await log.read(name, 0, 100))).toEqual(range(12, 40));
      expect(seqsOf(await log.read(neighbour, 0, 100))).toEqual(range(1, 30));
    });

    it('always keeps the newest entry, so that the next one follows it', async () => {
      const name = newId();
      await fill(log, name, 5);
      await log.trim(name, 1_000);
      expect([await log.first(name), await log.head(name)]).toEqual([5, 5]);
      expect((await log.read(name, 0, 10)).map(textOf)).toEqual(['entry 5']);
      for (const expected of [0, 1, 4, 6])
        await expect(log.append(name, expected, 'late', encode('late'))).rejects.toMatchObject({ head: 5 });
      await fill(log, name, 1, 5);
      await log.trim(name, 6);
      expect((await log.read(name, 3, 10)).map(textOf)).toEqual(['entry 6']);
      await fill(log, name, 2, 6);
      expect(seqsOf(await log.read(name, 0, 10))).toEqual([6, 7, 8]);
    });

    it('is trimmed while others append and read: nothing but the oldest entries is ever missing', async () => {
      const name = newId();
      const other = await store.openBeside(log);
      const count = 100;
      let dropped = 0;
      const writing = fill(log, name, count);
      const trimming = (async () => {
        while (dropped < count - 10) {
          dropped = Math.max(dropped, (await other.head(name)) - 10);
          await Promise.all([other.trim(name, dropped + 1), log.trim(name, dropped)]);
          await turn();
        }
      })();
      const reading = (async () => {
        for (let after = 0; after < count;) {
          for (const reader of [log, other]) {
            const entries = await reader.read(name, after, 50);
            const first = entries[0]?.seq ?? after + 1;
            // What was passed over is gone.
            if (first > after + 1) expect(await reader.first(name)).toBeGreaterThanOrEqual(first);
            expect(seqsOf(entries)).toEqual(range(first, first + entries.length - 1));
            expect(entries.map(textOf)).toEqual(entries.map(({ seq }) => `entry ${seq}`));
            after = entries.at(-1)?.seq ?? after;
          }
          await turn();
        }
      })();
      await Promise.all([writing, trimming, reading]);
      expect(await other.first(name)).toBe(count - 9);
      expect(seqsOf(await log.read(name, 0, 100))).toEqual(range(count - 9, count));
      if (other !== log) await other.close();
    });

    it('removes a log, and only that one, and lets it begin anew', async () => {
      const name = newId();
      const neighbour = newId();
      await fill(log, name, 30);
      await fill(log, neighbour, 2);
      await log.read(name, 20, 5);
      await log.trim(name, 10);
      expect(await store.leftOf(name)).not.toEqual([]);
      await log.delete(name);
      expect(await store.leftOf(name)).toEqual([]);
      expect([await log.first(name), await log.head(name)]).toEqual([0, 0]);
      expect(await log.read(name, 0, 10)).toEqual([]);
      expect(await log.head(neighbour)).toBe(2);
      await expect(log.append(name, 30, 'key-31', encode('x'))).rejects.toMatchObject({ head: 0 });
      await fill(log, name, 40);
      expect(seqsOf(await log.read(name, 25, 100))).toEqual(range(26, 40));
    });

    it('does what the simplest thing that could be right does, whatever is called in whatever order', async () => {
      await log.close();
      await checkEventLogAgainstModel(store, modelRuns);
      log = await store.open();
    });

    it('has everything when it is opened again', async () => {
      const names = range(1, 20).map(() => newId());
      await Promise.all(names.map((name, index) => fill(log, name, index + 1)));
      const trimmed = newId();
      await fill(log, trimmed, 60);
      await log.trim(trimmed, 41);
      await log.close();
      log = await store.open();
      for (const [index, name] of names.entries()) {
        expect(await log.head(name)).toBe(index + 1);
        expect((await log.read(name, 0, 100)).map(textOf)).toEqual(
          range(1, index + 1).map((n) => `entry ${n}`),
        );
        await fill(log, name, 1, index + 1);
      }
      expect([await log.first(trimmed), await log.head(trimmed)]).toEqual([41, 60]);
      await fill(log, trimmed, 5, 60);
      expect(seqsOf(await log.read(trimmed, 7, 100))).toEqual(range(41, 65));
    });

    it('refuses every call after it was closed', async () => {
      await log.close();
      await log.close();
      for (const call of [
        log.head(newId()),
        log.read(newId(), 0, 1),
        log.first(newId()),
        log.trim(newId(), 1),
        log.append(newId(), 0, 'k', encode('x')),
      ])
        await expect(call).rejects.toMatchObject({ name: 'LogUnavailableError' });
      log = await store.open();
    });
  });
}
