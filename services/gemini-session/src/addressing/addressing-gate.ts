import type { Addressing } from '@studio/contracts';
import type { ServerEvent } from '../live/server-event.ts';
import { namesGemini } from './address.ts';

/**
 * Longest time that an answer is held until it is known whether it was asked for, milliseconds. What people said is recognised 360 ms after
 * they end in 95 of 100 cases, while an answer takes longer to begin.
 */
const HOLD_MS = 1_000;
/** Whoever presses Ask and then speaks is answered, when they begin within this time, milliseconds. */
const ASK_BEFORE_MS = 8_000;

/** What happens to an answer: it goes on to people, waits until that is known, or does not. */
type Decision = 'pass' | 'wait' | 'drop';

export interface GateSink {
  /** Goes on to people, in the order in which it came. */
  pass(event: ServerEvent): void;
  /**
   * Nobody asked for the answer to the newest input; `complete`: the service has sent all of it already. Told once for each input: what the
   * service makes of being stopped is left out too.
   */
  dropped(complete: boolean): void;
  /** Functions that Gemini calls for an answer that nobody asked for. */
  refused(event: Extract<ServerEvent, { type: 'toolCall' }>): void;
}

/**
 * Lets Gemini's answers through when they were asked for. What people type and say is known to be for Gemini or not when it is given; only
 * a speech may turn out to be so while its answer is on its way, which then waits. With `always` nothing ever waits. Pure: time comes
 * from the caller, in milliseconds of any monotonic clock.
 */
export class AddressingGate {
  private readonly sink: GateSink;
  private addressing: Addressing;
  /** For the answer to the newest input. */
  private next: Decision;
  /** For the answer that the service is giving; undefined: none. */
  private current: Decision | undefined;
  private held: ServerEvent[] = [];
  private heldSince = 0;
  private complete = false;
  private reported = false;
  private words = '';
  /** Gemini was asked something that it has not begun to answer. */
  private owed = false;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(addressing: Addressing, sink: GateSink) {
    this.addressing = addressing;
    this.sink = sink;
    this.next = this.undecided();
  }

  /** Whether the service is giving an answer, or people wait for one that is held. */
  get answering(): boolean {
    return this.current !== undefined;
  }

  /** Whether people may expect an answer to the newest input. */
  get expected(): boolean {
    return this.next === 'pass';
  }

  change(addressing: Addressing): void {
    if (addressing === this.addressing) return;
    this.addressing = addressing;
    this.next = this.undecided();
    if (this.next === 'pass') this.release();
  }

  /** Somebody begins to speak. */
  speech(now: number): void {
    this.abandon();
    this.words = '';
    this.reported = false;
    const asked = this.owed || now - this.askedAt < ASK_BEFORE_MS;
    this.next = asked ? 'pass' : this.undecided();
    this.owed = asked;
  }

  /** What somebody says, as it is recognised. True when it is for Gemini, but its answer was dropped already. */
  recognised(text: string): boolean {
    this.words += text;
    if (this.addressing !== 'when-addressed' || this.next === 'pass' || !namesGemini(this.words))
      return false;
    const late = this.next === 'drop';
    if (!late) this.address();
    return late;
  }

  /** What is being said, or is being answered, is for Gemini. */
  address(): void {
    this.next = 'pass';
    this.owed = true;
    this.release();
  }

  /** Gemini is given a complete input that is for it: what was not decided until now is left out. */
  ask(now: number): void {
    this.abandon();
    this.askedAt = now;
    this.reported = false;
    this.next = 'pass';
    this.owed = true;
  }

  /** People want no answer any more. */
  stop(): void {
    this.abandon();
    this.owed = false;
    this.askedAt = Number.NEGATIVE_INFINITY;
    if (this.next === 'wait') this.next = 'drop';
  }

  /** The connection is gone, and with it the rest of every answer. */
  lost(): void {
    this.held = [];
    this.current = undefined;
  }

  /** What the service says, but for what people say. */
  take(event: ServerEvent, now: number): void {
    if (isContent(event)) this.current ??= this.begin(now);
    if (event.type === 'interrupted') this.abandon();
    if (event.type === 'usage' || this.current === undefined || this.current === 'pass') {
      if (isContent(event)) this.owed = false;
      this.sink.pass(event);
    } else if (this.current === 'wait') this.held.push(event);
    else this.refuse(event);
    if (event.type !== 'turnComplete') return;
    if (this.current === 'wait') this.complete = true;
    else this.current = undefined;
  }

  /** To be called a few times per second. */
  tick(now: number): void {
    if (this.current !== 'wait' || now - this.heldSince < HOLD_MS) return;
    this.next = 'drop';
    const { complete } = this;
    this.abandon();
    this.report(complete);
  }

  private undecided(): Decision {
    return this.addressing === 'always' ? 'pass' : this.addressing === 'observer' ? 'drop' : 'wait';
  }

  /** An answer begins. */
  private begin(now: number): Decision {
    this.heldSince = now;
    this.complete = false;
    if (this.next === 'drop') this.report(false);
    return this.next;
  }

  private report(complete: boolean): void {
    if (this.reported) return;
    this.reported = true;
    this.sink.dropped(complete);
  }

  /** Lets through what is held. False when nothing is. */
  release(): boolean {
    if (this.current !== 'wait') return false;
    const { held } = this;
    this.held = [];
    this.current = this.complete ? undefined : 'pass';
    this.owed = false;
    for (const event of held) this.sink.pass(event);
    return true;
  }

  /** What is held is not let through, nor what follows of the same answer. */
  private abandon(): void {
    if (this.current !== 'wait') return;
    for (const event of this.held.splice(0)) this.refuse(event);
    this.current = this.complete ? undefined : 'drop';
  }

  /** What is not let through. Calls of an earlier answer may still be taken back. */
  private refuse(event: ServerEvent): void {
    if (event.type === 'toolCall') this.sink.refused(event);
    else if (event.type === 'toolCallCancellation') this.sink.pass(event);
  }
}

/** Whether it is a part of an answer, and not its end. */
function isContent({ type }: ServerEvent): boolean {
  return type === 'audio' || type === 'outputText' || type === 'toolCall' || type === 'grounding';
}
