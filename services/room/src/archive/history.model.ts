import { newId } from '@studio/contracts';
import type { Event } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { ObjectStore } from '@studio/object-store';
import { createLogger } from '@studio/platform';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeEvent, encodeEvent } from '../conversation/event-data.ts';
import { eventWindow } from '../conversation/event-window.ts';
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
  fc.record({ do: fc.constant('read' as const), window, by }),
);

/** One conversation, its reference, and two processes that archive and read it. */
class Scene {
  private readonly roomId = newId();
  private readonly reference: Event[] = [];
  private readonly processes: { archiver: Archiver; history: History }[];
  private now = 1_790_000_000_000;

  constructor(
    private readonly log: EventLog,
    store: ObjectStore,
  ) {
    this.processes = [0, 1].map(() => {
      const clock = () => this.now;
      const segments = new Segments(store, createLogger('room', { level: 'silent' }), clock);
      return {
        archiver: new Archiver(segments, log, CONFIG),
        history: new History(segments, log, clock),
      };
    });
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'append') await this.append(step.count);
    else if (step.do === 'archive') await this.processes[step.by]?.archiver.archive(this.roomId, step.whole);
    else await this.compare(step.by, step.window);
  }

  async append(count: number): Promise<void> {
    for (let written = 0; written < count; written++) {
      const seq = this.reference.length + 1;
      const event: Event = {
        seq,
        at: this.now++,
        key: `key-of-${seq}`,
        actor: { id: 'gemini', name: 'Gemini', kind: 'ai' },
        body: { type: 'chat', text: `line ${seq}` },
      };
      this.reference.push(event);
      await this.log.append(this.roomId, seq - 1, event.key, encodeEvent(event));
    }
  }

  async compare(by: number, window: Window): Promise<void> {
    const before = await this.log.head(this.roomId);
    const page = await this.processes[by]?.history.window(this.roomId, window);
    if (page === undefined) throw new Error('there are two processes');
    expect(page.head).toBeGreaterThanOrEqual(before);
    expect(page.first).toBe(1);
    const { after, limit } = eventWindow(window, page);
    expect(page.lines.map(({ data }) => decodeEvent(data))).toEqual(
      this.reference.slice(after, Math.min(after + limit, page.head)),
    );
  }
}

/** What a reader is promised, whatever is archived meanwhile. */
export function itReadsLikeOneList(open: () => { log: EventLog; store: ObjectStore }, numRuns: number): void {
  it('reads like one list while it is written, archived and trimmed, by several at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
        async (steps) => {
          const { log, store } = open();
          const scene = new Scene(log, store);
          await scene.append(1);
          // Appends are made one after the other; everything else at the same time.
          for (const together of steps) {
            const appends = together.filter((one) => one.do === 'append');
            const others = together.filter((one) => one.do !== 'append');
            await Promise.all([
              (async () => {
                for (const one of appends) await scene.take(one);
              })(),
              ...others.map((one) => scene.take(one)),
            ]);
          }
          for (const by of [0, 1]) await scene.compare(by, { after: 0, limit: 1_000 });
        },
      ),
      { numRuns },
    );
  });
}
