import { describe, expect, it } from 'vitest';
import { newId } from '@studio/contracts';
import type { Event, EventPage } from '@studio/contracts';
import { conversationEvents } from './conversation-events.ts';

const actor = { id: newId(), name: 'Ada', kind: 'person' } as const;

function event(seq: number): Event {
  return { seq, at: 0, key: `key-${seq}-of-event`, actor, body: { type: 'chat', text: 'x' } };
}

/** A room's events `first` to `head`, three a page; `first` and `head` can be changed meanwhile. */
class Log {
  constructor(
    public first: number,
    public head: number,
  ) {}

  readonly read = async (after: number): Promise<EventPage> => {
    const begin = Math.max(after + 1, this.first);
    const length = Math.max(0, Math.min(3, this.head - begin + 1));
    const events = Array.from({ length }, (_, index) => event(begin + index));
    return { events, first: this.first, head: this.head };
  };
}

describe('conversationEvents', () => {
  const seqs = async (events: AsyncIterable<Event>, each: (seq: number) => void = () => undefined) => {
    const read: number[] = [];
    for await (const { seq } of events) {
      read.push(seq);
      each(seq);
    }
    return read;
  };

  it('gives what was there when the reading began, in order, from the oldest that is kept', async () => {
    const log = new Log(4, 11);
    const read = await seqs(conversationEvents(log.read), () => {
      log.head++;
    });
    expect(read).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    await expect(seqs(conversationEvents(new Log(1, 0).read))).resolves.toEqual([]);
    await expect(seqs(conversationEvents(new Log(12, 11).read))).resolves.toEqual([]);
  });

  it('goes on behind what is deleted meanwhile', async () => {
    const log = new Log(1, 12);
    const read = await seqs(conversationEvents(log.read), (seq) => {
      if (seq === 2) log.first = 8;
    });
    expect(read).toEqual([1, 2, 3, 8, 9, 10, 11, 12]);
  });

  it.each([
    ['a gap', { events: [event(1), event(3)], first: 1, head: 3 }],
    ['an end before the end', { events: [], first: 1, head: 3 }],
  ])('does not pass over %s', async (_, page) => {
    await expect(seqs(conversationEvents(async () => page))).rejects.toMatchObject({ code: 'internal' });
  });
});
