import { newId } from '@studio/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventLogStore, OpenedLog } from './event-log.contract.ts';
import type { EventLog } from './event-log.ts';
import { encode, fill, range, seqsOf, textOf } from './numbered-entries.fixture.ts';

/** An engine that needs no I/O for an answer must not keep others from theirs. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** The oldest entries can be dropped, and nothing else is. */
export function describeTrimming(opened: () => OpenedLog): void {
  describe('trimming', () => {
    let store: EventLogStore;
    let log: EventLog;
    beforeEach(() => {
      ({ store, log } = opened());
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
  });
}
