import { newId } from '@studio/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeAppending } from './appending.contract.ts';
import { MAX_ENTRY_BYTES } from './entry-limits.ts';
import { checkEventLogAgainstModel } from './event-log.model.ts';
import type { EventLog } from './event-log.ts';
import { encode, fill, range, seqsOf, textOf } from './numbered-entries.fixture.ts';
import { describeTrimming } from './trimming.contract.ts';

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

/** A store, and the log that is open on it now. */
export interface OpenedLog {
  store: EventLogStore;
  log: EventLog;
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

    describeAppending(() => ({ store, log }));
    describeTrimming(() => ({ store, log }));

    it('knows nothing of a log that was never written', async () => {
      const name = newId();
      expect(await log.head(name)).toBe(0);
      expect(await log.read(name, 0, 10)).toEqual([]);
      await log.delete(name);
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
