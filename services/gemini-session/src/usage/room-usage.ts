import { NO_USAGE } from '@studio/contracts';
import type { LiveUsage } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import type { Clock } from '../clock.ts';
import type { ServerEvent } from '../live/server-event.ts';
import { GEMINI } from '../room/people.ts';
import type { LineAppender } from '../transcript/line-appender.ts';
import { total } from './bill.ts';
import type { Bill } from './bill.ts';
import { USED_UP, budgetNotice, budgetState } from './budget.ts';
import { pricesOf, withBill } from './prices.ts';
import type { PriceTable } from './prices.ts';
import { UsageMeter } from './usage-meter.ts';

/** What has been used is written this long after it has changed, at the latest. */
const WRITE_MS = 30_000;

export interface RoomUsageParts {
  /** What was written last, by whichever owner. @throws StudioError */
  read: () => Promise<LiveUsage>;
  /** @throws StudioError when it cannot be written now, or not by this owner any more */
  write: (usage: LiveUsage) => Promise<void>;
  prices: PriceTable;
  /** US dollars; null: no limit. */
  budgetUsd: () => number | null;
  lines: Pick<LineAppender, 'append'>;
  /** Gemini must not be there any more, or may be there again. */
  onHold: () => void;
  /** Told of everything that is added. */
  added: (bill: Bill) => void;
  clock: Clock;
  logger: Logger;
}

/**
 * What Gemini has used in one room, kept by the room service and read back by the next owner, and the room's budget. What an owner that
 * dies has used in its last 30 s is lost.
 */
export class RoomUsage {
  private readonly parts: RoomUsageParts;
  private readonly meter = new UsageMeter();
  private usage: LiveUsage = NO_USAGE;
  private prices: ReturnType<typeof pricesOf>['prices'];
  private unwritten = false;
  private abandoned = false;
  private held = false;
  private cancelWrite: (() => void) | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly told = new Set<string>();
  private readonly unpriced = new Set<string>();

  constructor(parts: RoomUsageParts) {
    this.parts = parts;
    this.prices = pricesOf('', parts.prices).prices;
  }

  get current(): LiveUsage {
    return this.usage;
  }

  /** Why Gemini must not be there now; undefined when it may. */
  get hold(): string | undefined {
    return budgetState(this.usage.costUsd, this.parts.budgetUsd()) === 'used up' ? USED_UP : undefined;
  }

  /** @throws StudioError when what has been used cannot be read now */
  async open(): Promise<void> {
    this.usage = await this.parts.read();
    this.check();
  }

  /** A connection is about to be made. */
  connecting(model: string): void {
    this.meter.newConnection();
    const { prices, known } = pricesOf(model, this.parts.prices);
    this.prices = prices;
    if (known || this.unpriced.has(model)) return;
    this.unpriced.add(model);
    this.parts.logger.warn({ model }, 'no price is known for the model: the cost is that of Gemini 3.8 Live');
  }

  onServerEvent(event: ServerEvent): void {
    const bill = this.meter.took(event);
    if (bill === undefined || total(bill) === 0) return;
    this.usage = withBill(this.usage, bill, this.prices);
    this.parts.added(bill);
    this.writeLater();
    this.check();
  }

  /** The connection is gone. */
  onLost(): void {
    this.write();
  }

  /** Compares with the budget, which may be another one now. */
  check(): void {
    const { budgetUsd, lines, onHold } = this.parts;
    const notice = budgetNotice(this.usage.costUsd, budgetUsd());
    if (notice !== undefined && !this.told.has(notice.key)) {
      this.told.add(notice.key);
      lines.append({ key: notice.key, actor: GEMINI, body: { type: 'gemini.notice', text: notice.text } });
      this.write();
    }
    const held = this.hold !== undefined;
    if (held || this.held) onHold();
    this.held = held;
  }

  /** Resolves when everything has been written, or could not be. */
  async close(): Promise<void> {
    this.write();
    await this.writing;
    this.abandon();
  }

  /** Nothing is written any more: somebody else may own the room. */
  abandon(): void {
    this.abandoned = true;
    this.cancelWrite?.();
    this.cancelWrite = undefined;
    this.unwritten = false;
  }

  private write(): void {
    this.cancelWrite?.();
    this.cancelWrite = undefined;
    // One after the other: the newest must be the one that stays.
    if (this.unwritten) this.writing = this.writing.then(() => this.writeNow());
  }

  private async writeNow(): Promise<void> {
    if (!this.unwritten) return;
    this.unwritten = false;
    try {
      await this.parts.write(this.usage);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'what Gemini has used cannot be written now');
      this.writeLater();
    }
  }

  private writeLater(): void {
    // A write that was under way then may fail, and the connection may tell something, until it has closed.
    if (this.abandoned) return;
    this.unwritten = true;
    this.cancelWrite ??= this.parts.clock.after(WRITE_MS, () => this.write());
  }
}
