import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { KeyedAppender } from './keyed-appender.ts';
import { MemoryEventLog, type Fault } from './memory-event-log.fixture.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** The faults one after the other, then none. */
const faultsOf = (faults: readonly Fault[]) => {
  const left = [...faults];
  return () => left.shift() ?? 'none';
};

describe('KeyedAppender', () => {
  it('appends once, whatever outcomes are lost, by several processes that repeat themselves', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Fault>('none', 'none', 'before', 'after'), { maxLength: 14 }),
        fc.array(fc.array(fc.nat(7), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        async (faults, callers) => {
          const log = new MemoryEventLog();
          log.nextFault = faultsOf(faults);
          const results = await Promise.all(
            callers.flatMap((keys, caller) => {
              const appender = new KeyedAppender(log, { deadlineMs: 20_000 });
              return keys.map(async (key) => ({
                key: `key-${key}`,
                ...(await appender.append('room', `key-${key}`, (seq) => encode(`${seq} ${caller}`))),
              }));
            }),
          );
          const entries = log.logs.get('room') ?? [];
          // Never lost, never doubled.
          expect(entries.map(({ key }) => key).sort()).toEqual(
            [...new Set(results.map(({ key }) => key))].sort(),
          );
          for (const { key, seq } of results) expect(entries[seq - 1]?.key).toBe(key);
          for (const { seq, data } of entries) expect(new TextDecoder().decode(data)).toMatch(`${seq} `);
          // At most one call is told that it wrote an entry; none when that outcome was lost.
          const fresh = results.filter(({ duplicate }) => !duplicate).map(({ seq }) => seq);
          expect(new Set(fresh).size).toBe(fresh.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the order of its calls', async () => {
    const log = new MemoryEventLog();
    const appender = new KeyedAppender(log);
    const seqs = await Promise.all(
      range(1, 20).map((n) => appender.append('room', `key-${n}`, () => encode('x'))),
    );
    expect(seqs).toEqual(range(1, 20).map((seq) => ({ seq, duplicate: false })));
  });

  it('finds a key that another process wrote before this one began', async () => {
    const log = new MemoryEventLog();
    await new KeyedAppender(log).append('room', 'key-1', () => encode('first'));
    const makeData = vi.fn(() => encode('second'));
    expect(await new KeyedAppender(log).append('room', 'key-1', makeData)).toEqual({
      seq: 1,
      duplicate: true,
    });
    expect(makeData).not.toHaveBeenCalled();
  });

  it('tells as a duplicate what an earlier try of the same call wrote, because the data may be that of the earlier try', async () => {
    const log = new MemoryEventLog();
    const appender = new KeyedAppender(log);
    await appender.append('room', 'key-1', () => encode('x'));
    log.nextFault = faultsOf(['after']);
    expect(await appender.append('room', 'key-2', () => encode('y'))).toEqual({ seq: 2, duplicate: true });
  });

  it('forgets keys behind the newest ones, and keeps those', async () => {
    const log = new MemoryEventLog();
    const write = new KeyedAppender(log);
    for (const n of range(1, 450)) await write.append('room', `key-${n}`, () => encode('x'));
    const appender = new KeyedAppender(log, { keysPerLog: 300 });
    expect(await appender.append('room', 'key-151', () => encode('x'))).toEqual({
      seq: 151,
      duplicate: true,
    });
    expect(await appender.append('room', 'key-150', () => encode('x'))).toEqual({
      seq: 451,
      duplicate: false,
    });
    // One more in front, one less behind.
    expect(await appender.append('room', 'key-152', () => encode('x'))).toEqual({
      seq: 152,
      duplicate: true,
    });
    expect(await appender.append('room', 'key-151', () => encode('x'))).toEqual({
      seq: 452,
      duplicate: false,
    });
  });

  it('reads the keys of a log again that it had to forget', async () => {
    const log = new MemoryEventLog();
    const appender = new KeyedAppender(log, { logs: 2 });
    for (const room of ['one', 'two', 'three']) await appender.append(room, 'key-1', () => encode('x'));
    for (const room of ['one', 'two', 'three'])
      expect(await appender.append(room, 'key-1', () => encode('x'))).toEqual({ seq: 1, duplicate: true });
  });

  it('gives up at its deadline, also those who waited, and goes on when the log is there again', async () => {
    const log = new MemoryEventLog();
    const appender = new KeyedAppender(log, { deadlineMs: 150 });
    log.nextFault = () => 'before';
    const started = performance.now();
    const results = await Promise.allSettled(
      range(1, 5).map((n) => appender.append('room', `key-${n}`, () => encode('x'))),
    );
    expect(performance.now() - started).toBeLessThan(1_000);
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'LogUnavailableError' } });
    log.nextFault = () => 'none';
    expect(await appender.append('room', 'key-1', () => encode('x'))).toEqual({ seq: 1, duplicate: false });
  });

  it('begins anew after the log was deleted by somebody else', async () => {
    const log = new MemoryEventLog();
    const appender = new KeyedAppender(log);
    for (const n of range(1, 3)) await appender.append('room', `key-${n}`, () => encode('x'));
    await log.delete('room');
    expect(await appender.append('room', 'key-4', () => encode('x'))).toEqual({ seq: 1, duplicate: false });
    expect(await appender.append('room', 'key-2', () => encode('x'))).toEqual({ seq: 2, duplicate: false });
  });

  it('finds the keys that a trimmed log still has, and goes on behind them', async () => {
    const log = new MemoryEventLog();
    const before = new KeyedAppender(log);
    for (const n of range(1, 10)) await before.append('room', `key-${n}`, () => encode('x'));
    await log.trim('room', 8);
    // What one process remembers, another does not find any more.
    expect(await before.append('room', 'key-3', () => encode('x'))).toEqual({ seq: 3, duplicate: true });
    const after = new KeyedAppender(log);
    expect(await after.append('room', 'key-9', () => encode('x'))).toEqual({ seq: 9, duplicate: true });
    expect(await after.append('room', 'key-3', () => encode('x'))).toEqual({ seq: 11, duplicate: false });
  });

  it('forgets a log that was deleted and written anew, longer than it was', async () => {
    const log = new MemoryEventLog();
    const appender = new KeyedAppender(log);
    await appender.append('room', 'key-1', () => encode('x'));
    await log.delete('room');
    appender.forget('room');
    for (const head of range(0, 4)) await log.append('room', head, `other-${head}`, encode('x'));
    expect(await appender.append('room', 'key-1', () => encode('x'))).toEqual({ seq: 6, duplicate: false });
  });

  it('passes on what is not a matter of the store, and goes on with the next call', async () => {
    const appender = new KeyedAppender(new MemoryEventLog());
    const failed = appender.append('room', 'key-1', () => {
      throw new TypeError('cannot be encoded');
    });
    const next = appender.append('room', 'key-2', () => encode('x'));
    await expect(failed).rejects.toThrow(TypeError);
    expect(await next).toEqual({ seq: 1, duplicate: false });
  });
});
