import { setTimeout as sleep } from 'node:timers/promises';
import { StudioError } from '@studio/contracts';
import type { ErrorCode, RpcRequest } from '@studio/contracts';
import type { RpcClient } from '@studio/bus';
import type { Logger } from '@studio/platform';

export type Line = Pick<RpcRequest<'room.append'>, 'key' | 'actor' | 'body'>;

export interface LineAppenderOptions {
  rpc: Pick<RpcClient, 'call'>;
  roomId: string;
  ownerToken: number;
  /** Another process owns the room now. */
  onConflict: () => void;
  logger: Logger;
}

/** Lines of one room that may wait for the room service; a conversation makes a few per minute. */
const MOST_WAITING = 200;
const FIRST_RETRY_MS = 200;
const MOST_RETRY_MS = 5_000;
/** Codes with which a repetition may succeed. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['unavailable', 'timeout', 'internal', 'rate_limited']);

/**
 * Appends lines to the conversation one after the other, and tries each until it is acknowledged. A repetition has the same key, so the
 * line is there once.
 */
export class LineAppender {
  private readonly options: LineAppenderOptions;
  private readonly waiting: Line[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(options: LineAppenderOptions) {
    this.options = options;
  }

  append(line: Line): void {
    if (this.stopping.signal.aborted) return;
    if (this.waiting.length >= MOST_WAITING) {
      this.waiting.shift();
      this.options.logger.error(
        { roomId: this.options.roomId },
        'too many lines wait for the room service: one is lost',
      );
    }
    this.waiting.push(line);
    this.running ??= this.run();
  }

  /** Resolves when everything has been appended, or when `deadlineMs` is over: then the rest is lost. */
  async drain(deadlineMs: number): Promise<void> {
    const timer = setTimeout(() => this.abandon(), deadlineMs);
    await this.running;
    clearTimeout(timer);
  }

  /** Gives up what waits. */
  abandon(): void {
    this.stopping.abort();
    this.waiting.length = 0;
  }

  private async run(): Promise<void> {
    for (let line = this.waiting[0]; line !== undefined; line = this.waiting[0]) {
      await this.appendUntilAcknowledged(line);
      // It may have been pushed out, or given up, meanwhile.
      if (this.waiting[0] === line) this.waiting.shift();
    }
    // In the step that found nothing waiting: a line that comes a moment later must begin anew.
    this.running = undefined;
  }

  private async appendUntilAcknowledged(line: Line): Promise<void> {
    const { rpc, roomId, ownerToken } = this.options;
    for (
      let retryMs = FIRST_RETRY_MS;
      !this.stopping.signal.aborted;
      retryMs = Math.min(MOST_RETRY_MS, retryMs * 2)
    ) {
      try {
        await rpc.call('room.append', { roomId, ownerToken, ...line });
        return;
      } catch (error) {
        if (!this.mayRepeat(error)) return;
      }
      await sleep(retryMs, undefined, { signal: this.stopping.signal }).catch(ignoreAbort);
    }
  }

  private mayRepeat(error: unknown): boolean {
    const { code } = StudioError.from(error);
    const { logger, roomId, onConflict } = this.options;
    if (PASSING.has(code)) {
      logger.warn({ roomId, code }, 'a line could not be appended now: it is tried again');
      return true;
    }
    logger.error({ roomId, code }, 'a line was refused');
    if (code === 'conflict') onConflict();
    return false;
  }
}

function ignoreAbort(error: unknown): void {
  // The loop looks at the signal itself.
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}
