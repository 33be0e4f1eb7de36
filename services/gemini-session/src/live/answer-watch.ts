import type { ServerEvent } from './server-event.ts';

/** Bytes per millisecond of PCM, 16-bit mono, for each Hz of its rate. */
const BYTES_PER_HZ_MS = 2 / 1_000;

export interface AnswerLimits {
  /** An input that is complete and brings nothing for so long, in milliseconds, is not being answered. */
  answerMs: number;
  /** An answer that was begun, has been played as far as it came, and goes on with nothing for so long has stopped. Milliseconds. */
  stallMs: number;
}

interface Answering {
  lastAt: number;
  /** When what has come of it will have been played. */
  playedAt: number;
}

/** Notices that the service does not answer any more although its socket is open. Pure: time comes from the caller, in milliseconds. */
export class AnswerWatch {
  private readonly limits: AnswerLimits;
  /** Since when an answer is owed that has not begun. */
  private owedSince: number | undefined;
  private answering: Answering | undefined;
  /** An input came in the middle of an answer: another one is owed after it. */
  private next = false;
  /** The answer has been stopped, and its end is still to be told. */
  private closing = false;
  /** Ids of the functions that the service waits for; a call may come twice. */
  private readonly calls = new Set<string | undefined>();

  constructor(limits: AnswerLimits) {
    this.limits = limits;
  }

  /** The service has been given an input that is complete. */
  asked(now: number): void {
    if (this.answering === undefined) this.owedSince = now;
    else this.next = true;
  }

  /** Somebody speaks: an answer that has not begun comes together with the one to them. */
  spokenTo(): void {
    this.owedSince = undefined;
    this.next = false;
  }

  /** These functions have been answered. */
  responded(ids: readonly (string | undefined)[], now: number): void {
    this.close(ids, now);
    if (this.calls.size === 0 && this.answering === undefined) this.owedSince = now;
  }

  took(event: ServerEvent, now: number): void {
    switch (event.type) {
      case 'audio':
        this.goOn(now, event.pcm.byteLength / (event.rate * BYTES_PER_HZ_MS));
        break;
      case 'outputText':
        if (!this.closing) this.goOn(now, 0);
        break;
      case 'inputText':
        if (this.owedSince !== undefined) this.owedSince = now;
        break;
      case 'toolCall':
        for (const { id } of event.calls) this.calls.add(id);
        break;
      case 'toolCallCancellation':
        this.close(event.ids, now);
        break;
      case 'interrupted':
        this.finish(now);
        this.closing = true;
        break;
      case 'turnComplete':
        if (!this.closing) {
          this.owedSince = undefined;
          this.finish(now);
        }
        this.closing = false;
        break;
      case 'generationComplete':
      case 'grounding':
      case 'usage':
      case 'handle':
      case 'goAway':
        break;
    }
  }

  /** Whether the service owes something for too long. */
  overdue(now: number): boolean {
    if (this.calls.size > 0) return false;
    if (this.answering !== undefined) {
      const { lastAt, playedAt } = this.answering;
      return now - Math.max(lastAt, playedAt) > this.limits.stallMs;
    }
    return this.owedSince !== undefined && now - this.owedSince > this.limits.answerMs;
  }

  private goOn(now: number, playMs: number): void {
    this.owedSince = undefined;
    this.closing = false;
    this.answering ??= { lastAt: now, playedAt: now };
    this.answering.lastAt = now;
    this.answering.playedAt = Math.max(this.answering.playedAt, now) + playMs;
  }

  private close(ids: readonly (string | undefined)[], now: number): void {
    for (const id of ids) this.calls.delete(id);
    if (this.answering !== undefined) this.answering.lastAt = now;
  }

  private finish(now: number): void {
    this.answering = undefined;
    if (this.next) this.owedSince = now;
    this.next = false;
  }
}
