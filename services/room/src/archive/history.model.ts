import { newId } from '@studio/contracts';
import type { Event } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { ObjectStore } from '@studio/object-store';
import { createLogger } from '@studio/platform';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { Conversation } from '../conversation/conversation.ts';
import { decodeEvent, encodeEvent } from '../conversation/event-data.ts';
import { eventWindow } from '../conversation/event-window.ts';
import { Retention } from '../retention/retention.ts';
import { Archiver } from './archiver.ts';
import { History } from './history.ts';
import { Segments } from './segments.ts';

const CONFIG = { ARCHIVE_EVENTS: 4, ARCHIVE_KEEP: 5 };

interface Window {
  after?: number;
  before?: number;
  limit: number;
}
type Step =
  | { do: 'append'; count: number }
  | { do: 'archive'; whole: boolean; by: number }
  | { do: 'expire'; percent: number; by: number }
  | { do: 'read'; window: Window; by: number };

const by = fc.nat({ max: 1 });
const limit = fc.integer({ min: 1, max: 30 });
const seq = fc.integer({ min: 1, max: 60 });
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ after: fc.nat({ max: 60 }), limit }),
  fc.record({ before: seq, limit }),
  fc.record({ limit }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constant('archive' as const), whole: fc.boolean(), by }),
  fc.record({ do: fc.constant('expire' as const), percent: fc.nat({ max: 100 }), by }),
  fc.record({ do: fc.constant('read' as const), window, by }),
);

const START = 1_790_000_000_000;
const OWNER = { ownerId: newId(), ownerName: 'Ada' };

/** One conversation, its reference, and two processes that archive, expire and read it. */
class Scene {
  private readonly room = { id: newId(), ...OWNER };
  private readonly reference: Event[] = [];
  private readonly processes: { archiver: Archiver; history: History; retention: Retention }[];
  private now = START;
  /** The latest time before which anything was to be deleted. */
  private cutoff = 0;
  private appending: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly log: EventLog,
    store: ObjectStore,
  ) {
    const conversation = Object.create(Conversation.prototype) as Conversation;
    vi.spyOn(conversation, 'append').mockImplementation((_roomId, line) => this.append(line));
    this.processes = [0, 1].map(() => {
      const clock = () => this.now;
      const segments = new Segments(store, createLogger('room', { level: 'silent' }), clock);
      return {
        archiver: new Archiver(segments, log, CONFIG),
        history: new History(segments, log, clock),
        retention: new Retention(segments, conversation, log),
      };
    });
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'append') await this.say(step.count);
    else if (step.do === 'read') await this.compare(step.by, step.window);
    else if (step.do === 'archive')
      await this.process(step.by).archiver.archive(this.room.id, { whole: step.whole, forget: step.whole });
    else await this.expire(step.by, START + ((this.now - START) * step.percent) / 100);
  }

  async say(count: number): Promise<void> {
    for (let line = 1; line <= count; line++)
      await this.append({
        key: newId(),
        actor: { id: 'gemini', name: 'Gemini', kind: 'ai' },
        body: { type: 'chat', text: `line ${line}` },
      });
  }

  async expire(by: number, cutoff: number): Promise<void> {
    this.cutoff = Math.max(this.cutoff, Math.floor(cutoff));
    await this.process(by).retention.expire(this.room, Math.floor(cutoff));
  }

  async compare(by: number, window: Window): Promise<{ first: number }> {
    const before = await this.log.head(this.room.id);
    const page = await this.process(by).history.window(this.room.id, window);
    expect(page.head).toBeGreaterThanOrEqual(before);
    expect(page.first).toBeLessThanOrEqual(this.firstYoung());
    const { after, limit } = eventWindow(window, page);
    expect(page.lines.map(({ data }) => decodeEvent(data))).toEqual(
      this.reference.slice(after, Math.min(after + limit, page.head)),
    );
    return page;
  }

  /** The oldest event that may not have been deleted. */
  firstYoung(): number {
    return this.reference.find(({ at }) => at >= this.cutoff)?.seq ?? this.reference.length;
  }

  /** Deletes what is older than anybody wanted before. */
  expireAgain(): Promise<void> {
    return this.expire(0, this.cutoff);
  }

  /** After this, whoever knew what was there before looks anew. */
  wait(): void {
    this.now += 3_600_000;
  }

  private append(line: Pick<Event, 'key' | 'actor' | 'body'>): Promise<{ seq: number; duplicate: boolean }> {
    const appended = this.appending.then(async () => {
      const seq = this.reference.length + 1;
      const event: Event = { seq, at: this.now++, ...line };
      this.reference.push(event);
      await this.log.append(this.room.id, seq - 1, event.key, encodeEvent(event));
      return { seq, duplicate: false };
    });
    this.appending = appended;
    return appended;
  }

  private process(by: number): { archiver: Archiver; history: History; retention: Retention } {
    const found = this.processes[by];
    if (found === undefined) throw new Error('there are two processes');
    return found;
  }
}

/** What a reader is promised, whatever is archived meanwhile. */
export function itReadsLikeOneList(open: () => { log: EventLog; store: ObjectStore }, numRuns: number): void {
  it('reads like one list while it is written, archived, trimmed and expires, by several at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
        async (steps) => {
          const { log, store } = open();
          const scene = new Scene(log, store);
          await scene.say(1);
          for (const together of steps) await Promise.all(together.map((one) => scene.take(one)));
          for (const by of [0, 1]) await scene.compare(by, { after: 0, limit: 1_000 });

          // What was interrupted by others is done when nobody does.
          scene.wait();
          await scene.expireAgain();
          for (const by of [0, 1]) {
            const { first } = await scene.compare(by, { after: 0, limit: 1_000 });
            expect(first).toBe(scene.firstYoung());
          }
        },
      ),
      { numRuns },
    );
  });
}
