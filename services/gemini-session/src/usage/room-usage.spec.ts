import { MediaModality } from '@google/genai';
import { IdempotencyKey, NO_USAGE, StudioError } from '@studio/contracts';
import type { LiveUsage } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ServerEvent } from '../live/server-event.ts';
import type { Line } from '../transcript/line-appender.ts';
import { RoomUsage } from './room-usage.ts';
import type { RoomUsageParts } from './room-usage.ts';

/** Time that passes when the test says so. */
class Time {
  private at = 0;
  private tasks: { at: number; task: () => void }[] = [];
  readonly now = () => this.at;
  readonly after = (ms: number, task: () => void) => {
    const entry = { at: this.at + ms, task };
    this.tasks.push(entry);
    return () => {
      this.tasks = this.tasks.filter((other) => other !== entry);
    };
  };

  get waiting(): number {
    return this.tasks.length;
  }

  pass(ms: number): void {
    this.at += ms;
    for (const entry of this.tasks.filter(({ at }) => at <= this.at)) {
      this.tasks = this.tasks.filter((other) => other !== entry);
      entry.task();
    }
  }
}

let stored: LiveUsage;
let writes: LiveUsage[];
let failing: boolean;
let budgetUsd: number | null;
let held: number;
let lines: Line[];
let time: Time;
let usage: RoomUsage;
beforeEach(() => {
  stored = NO_USAGE;
  writes = [];
  failing = false;
  budgetUsd = null;
  held = 0;
  lines = [];
  time = new Time();
  usage = owner();
});

function owner(parts: Partial<RoomUsageParts> = {}): RoomUsage {
  return new RoomUsage({
    read: () => Promise.resolve(stored),
    write(now) {
      if (failing) return Promise.reject(new StudioError('unavailable', 'away'));
      writes.push(now);
      stored = now;
      return Promise.resolve();
    },
    prices: {},
    budgetUsd: () => budgetUsd,
    lines: { append: (line) => lines.push(line) },
    onHold: () => held++,
    added: () => undefined,
    clock: time,
    logger: createLogger('usage', { level: 'silent' }),
    ...parts,
  });
}

/** A turn that costs so many US cents: 25,000 tokens of audio put out are 30 cents. */
function costs(cents: number): void {
  const tokenCount = Math.round((cents * 25_000) / 30);
  const report: ServerEvent = {
    type: 'usage',
    usage: { responseTokensDetails: [{ modality: MediaModality.AUDIO, tokenCount }] },
  };
  usage.onServerEvent({ type: 'outputText', text: 'Well' });
  usage.onServerEvent(report);
  usage.onServerEvent({ type: 'turnComplete' });
}
const notices = () => lines.map(({ body }) => (body.type === 'gemini.notice' ? body.text : body.type));
/** What was begun has ended. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('goes on from what a former owner has written', async () => {
  stored = { ...NO_USAGE, costUsd: 1.5 };
  await usage.open();
  costs(30);
  expect(usage.current).toMatchObject({ costUsd: 1.8, output: { audio: 25_000 } });
});

it('is written 30 s after it has changed, and not when nothing has', async () => {
  await usage.open();
  time.pass(60_000);
  expect(writes).toEqual([]);
  costs(30);
  time.pass(10_000);
  costs(31);
  time.pass(19_999);
  await settled();
  expect(writes).toEqual([]);
  time.pass(1);
  await settled();
  expect(writes).toEqual([usage.current]);
  time.pass(60_000);
  await settled();
  expect(writes).toHaveLength(1);
});

it('is written when the connection is changed, and at the end', async () => {
  await usage.open();
  costs(30);
  usage.onLost();
  await settled();
  expect(writes).toHaveLength(1);
  costs(31);
  await usage.close();
  expect(writes).toHaveLength(2);
  expect(stored.costUsd).toBeCloseTo(0.61);
});

it('is written again later when that was not possible', async () => {
  await usage.open();
  failing = true;
  costs(30);
  time.pass(30_000);
  await settled();
  failing = false;
  time.pass(30_000);
  await settled();
  expect(stored.costUsd).toBeCloseTo(0.3);
});

it('is not written any more when somebody else may own the room', async () => {
  await usage.open();
  costs(30);
  usage.abandon();
  time.pass(60_000);
  await usage.close();
  expect(writes).toEqual([]);
});

it('warns once near the budget, and ends the session when it is used up', async () => {
  budgetUsd = 1;
  await usage.open();
  costs(79);
  expect(notices()).toEqual([]);
  costs(2);
  costs(3);
  expect(notices()).toEqual(["Gemini has used about $0.81 of $1.00 of this room's budget."]);
  expect(usage.hold).toBeUndefined();
  expect(held).toBe(0);
  costs(20);
  expect(held).toBe(1);
  expect(usage.hold).toBe('The budget of this room for Gemini is used up.');
  expect(notices()).toHaveLength(2);
  expect(notices()[1]).toContain('about $1.04 of $1.00');
  for (const { key } of lines) expect(IdempotencyKey.safeParse(key).success).toBe(true);
  await settled();
  expect(stored.costUsd).toBeCloseTo(1.04);
});

it('lets Gemini come back when the budget is raised, and holds it when it is lowered', async () => {
  budgetUsd = 1;
  await usage.open();
  costs(110);
  expect(held).toBe(1);
  budgetUsd = 5;
  usage.check();
  expect(held).toBe(2);
  expect(usage.hold).toBeUndefined();
  budgetUsd = 1.2;
  usage.check();
  expect(notices().at(-1)).toContain('$1.10 of $1.20');
  budgetUsd = null;
  expect(usage.hold).toBeUndefined();
  budgetUsd = 0.5;
  const before = held;
  usage.check();
  expect(held).toBe(before + 1);
});

it('tells the next owner the same with the same key, so that the room reads it once', async () => {
  budgetUsd = 1;
  await usage.open();
  costs(90);
  await usage.close();
  usage = owner();
  await usage.open();
  expect(lines).toHaveLength(2);
  expect(lines[1]?.key).toBe(lines[0]?.key);
  expect(usage.current.costUsd).toBeCloseTo(0.9);
});

it('leaves nothing behind in a room that is lost while it writes: no timer, and no other try', async () => {
  const refusal = Promise.withResolvers<never>();
  const writes = vi.fn(() => refusal.promise);
  usage = owner({ write: writes });
  await usage.open();
  costs(10);
  time.pass(30_000);
  await vi.waitFor(() => expect(writes).toHaveBeenCalledTimes(1));
  usage.abandon();
  refusal.reject(new StudioError('conflict', 'Another owner has written.'));
  // What the connection still tells until it has closed.
  costs(10);
  await new Promise((resolve) => setImmediate(resolve));
  expect(time.waiting).toBe(0);
  await usage.close();
  expect(writes).toHaveBeenCalledTimes(1);
});
