import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { EventFeed } from './event-feed.ts';

interface Line {
  seq: number;
  text: string;
}
const line = (seq: number): Line => ({ seq, text: `line ${seq}` });
const range = (first: number, last: number) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);

/** A log of `head` lines that can be read, and fails when it is told to. */
function logOf(head: number) {
  const state = { first: 1, head, reads: 0, fail: (): boolean => false };
  const read = async (after: number, limit: number) => {
    state.reads += 1;
    await new Promise(setImmediate);
    if (state.fail()) throw new Error('away');
    const begin = Math.max(after, state.first - 1);
    const events = range(begin + 1, Math.min(state.head, begin + limit)).map(line);
    return { events, head: state.head, first: state.first };
  };
  return { state, read };
}

/** Subscribes and collects the sequences. */
function collect(feed: EventFeed<Line>, after: number): { seqs: number[]; stop: () => void } {
  const seqs: number[] = [];
  return { seqs, stop: feed.subscribe(after, ({ seq }) => seqs.push(seq)) };
}

describe('EventFeed', () => {
  it('gives every subscriber every event once and in order, whatever is lost, doubled, reordered or fails', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant('event'), delivery: fc.nat(9), delay: fc.nat(6) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('subscribe'), back: fc.nat(30), delay: fc.nat(0) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause'), delay: fc.nat(0) }) },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(40),
        fc.array(step, { minLength: 1, maxLength: 80 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        fc.record({ pageSize: fc.integer({ min: 1, max: 8 }), keep: fc.integer({ min: 1, max: 10 }) }),
        async (already, steps, failures, sizes) => {
          const { state, read } = logOf(already);
          state.fail = () => failures.shift() ?? false;
          const feed = new EventFeed<Line>({ read, gapMs: 0, ...sizes });
          const late: { due: number; seq: number }[] = [];
          const subscribers: { after: number; seqs: number[] }[] = [];
          const subscribe = (after: number) => subscribers.push({ after, ...collect(feed, after) });
          subscribe(0);
          feed.start(already);
          subscribe(already);
          for (const [now, todo] of steps.entries()) {
            if (todo.kind === 'subscribe' && 'back' in todo) subscribe(Math.max(0, feed.head - todo.back));
            else if (todo.kind === 'pause') await new Promise(setImmediate);
            else if ('delivery' in todo) {
              state.head += 1;
              // 0 and 1: lost; 2: twice; else once; each of them after a while.
              const times = todo.delivery < 2 ? 0 : todo.delivery === 2 ? 2 : 1;
              for (let n = 0; n < times; n += 1)
                late.push({ due: now + todo.delay * (n + 1), seq: state.head });
            }
            for (const { due, seq } of late) if (due === now) feed.push(line(seq));
          }
          feed.checkHead(state.head);
          await vi.waitFor(
            () => {
              for (const { after, seqs } of subscribers) expect(seqs).toEqual(range(after + 1, state.head));
            },
            { timeout: 5_000, interval: 1 },
          );
          expect(feed.head).toBe(state.head);
          feed.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('passes over events that were deleted, for itself and for whoever asks for them', async () => {
    const { state, read } = logOf(100);
    state.first = 60;
    const feed = new EventFeed<Line>({ read, pageSize: 10, keep: 20, gapMs: 0 });
    const early = collect(feed, 5);
    feed.start(100);
    await vi.waitFor(() => expect(early.seqs).toEqual(range(60, 100)));
    // The feed itself has fallen behind what is kept.
    [state.head, state.first] = [200, 150];
    feed.checkHead(200);
    await vi.waitFor(() => expect(early.seqs).toEqual([...range(60, 100), ...range(150, 200)]));
    const late = collect(feed, 90);
    await vi.waitFor(() => expect(late.seqs).toEqual(range(150, 200)));
    state.head = 201;
    feed.push(line(201));
    expect([early.seqs.at(-1), late.seqs.at(-1), feed.head]).toEqual([201, 201, 201]);
    feed.close();
  });

  it('waits a moment for an event that was overtaken, and then needs no read', async () => {
    const { state, read } = logOf(10);
    const feed = new EventFeed<Line>({ read });
    feed.start(10);
    const { seqs } = collect(feed, 10);
    state.head = 12;
    feed.push(line(12));
    expect(seqs).toEqual([]);
    feed.push(line(11));
    expect(seqs).toEqual([11, 12]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(state.reads).toBe(0);
    feed.close();
  });

  it('counts what was pushed before it was started', () => {
    const feed = new EventFeed<Line>({ read: logOf(3).read });
    for (const seq of [2, 3, 4]) feed.push(line(seq));
    const { seqs } = collect(feed, 2);
    feed.start(2);
    expect(seqs).toEqual([3, 4]);
    feed.close();
  });

  it('serves subscribers that come back from memory', () => {
    const { state, read } = logOf(0);
    const feed = new EventFeed<Line>({ read, keep: 5 });
    feed.start(0);
    for (const seq of range(1, 20)) feed.push(line(seq));
    expect(collect(feed, 15).seqs).toEqual([16, 17, 18, 19, 20]);
    expect(collect(feed, 20).seqs).toEqual([]);
    expect(state.reads).toBe(0);
    feed.close();
  });

  it('gives nothing twice to a subscriber that is further than the feed', () => {
    const feed = new EventFeed<Line>({ read: logOf(10).read });
    feed.start(10);
    const { seqs } = collect(feed, 12);
    for (const seq of [11, 12, 13]) feed.push(line(seq));
    expect(seqs).toEqual([13]);
    feed.close();
  });

  it('is not disturbed by listeners that throw, end, begin or push while they are told', () => {
    const onError = vi.fn();
    const feed = new EventFeed<Line>({ read: logOf(0).read, onError });
    feed.start(0);
    const first: number[] = [];
    const inner: number[] = [];
    const stop = feed.subscribe(0, ({ seq }) => {
      first.push(seq);
      if (seq === 1) {
        feed.push(line(2));
        feed.subscribe(0, (event) => inner.push(event.seq));
      }
      if (seq === 3) stop();
      throw new Error('listener');
    });
    const { seqs } = collect(feed, 0);
    for (const seq of [1, 3, 4]) feed.push(line(seq));
    expect(first).toEqual([1, 2, 3]);
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(inner).toEqual([1, 2, 3, 4]);
    expect(onError).toHaveBeenCalledTimes(3);
    feed.close();
  });

  it('keeps its memory bounded when events come far too early, and reads them when their turn has come', async () => {
    const { state, read } = logOf(10_000);
    state.fail = () => true;
    const feed = new EventFeed<Line>({ read, pageSize: 50, gapMs: 0 });
    feed.start(0);
    const { seqs } = collect(feed, 0);
    for (const seq of range(2, 10_000)) feed.push(line(seq));
    state.fail = () => false;
    await vi.waitFor(() => expect(seqs).toHaveLength(10_000), { timeout: 5_000 });
    expect(seqs).toEqual(range(1, 10_000));
    // 10,000 lines in pages of 50, and a few for the tries that failed: nothing of the far ones was kept.
    expect(state.reads).toBeGreaterThanOrEqual(199);
    feed.close();
  });

  it('tells of failed reads and tries again, later and later', async () => {
    const { state, read } = logOf(5);
    const onError = vi.fn();
    let failures = 3;
    state.fail = () => (failures -= 1) >= 0;
    const feed = new EventFeed<Line>({ read, onError, gapMs: 0 });
    feed.start(0);
    const { seqs } = collect(feed, 0);
    const started = performance.now();
    feed.checkHead(5);
    await vi.waitFor(() => expect(seqs).toEqual([1, 2, 3, 4, 5]));
    expect(onError).toHaveBeenCalledTimes(3);
    // 25 + 50 + 100 ms at least.
    expect(performance.now() - started).toBeGreaterThan(170);
    feed.close();
  });

  it('is silent after it was closed', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { state, read } = logOf(10);
    const onError = vi.fn();
    const feed = new EventFeed<Line>({ read, onError });
    feed.start(5);
    const { seqs } = collect(feed, 0);
    state.fail = () => true;
    feed.close();
    feed.push(line(6));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seqs).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
    expect(state.reads).toBe(1);
  });
});
