import { newId } from '@studio/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_ENTRY_BYTES } from './entry-limits.ts';
import type { EventLogStore, OpenedLog } from './event-log.contract.ts';
import { HeadMovedError } from './event-log.ts';
import type { EventLog } from './event-log.ts';
import { encode, fill, range, seqsOf, textOf } from './numbered-entries.fixture.ts';

/** Entries get the numbers that their writers expect, whoever writes at the same time. */
export function describeAppending(opened: () => OpenedLog): void {
  describe('appending', () => {
    let store: EventLogStore;
    let log: EventLog;
    beforeEach(() => {
      ({ store, log } = opened());
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
  });
}
