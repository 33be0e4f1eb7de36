import { newId } from '@studio/contracts';
import { PlaybackClock } from './playback-clock.ts';
import { VOICE_RATE } from './voice-publisher.ts';
import { withSources } from './web-sources.ts';
import type { WebSource } from './web-sources.ts';

/** Where Gemini's turns go. */
export interface OutputSink {
  voice(pcm: Uint8Array, first: boolean): void;
  voiceEnd(): void;
  flush(): void;
  /** The turn while it is being spoken: its whole text so far. */
  transcript(key: string, text: string): void;
  /** The turn is over; an empty text means that it had no words. `sources`: where Gemini found what it says. */
  finished(key: string, text: string, interrupted: boolean, sources: readonly WebSource[]): void;
}

interface Turn {
  key: string;
  text: string;
  sources: readonly WebSource[];
  voiced: boolean;
  /** Everything of it was sent. */
  complete: boolean;
  /** It was cut off, and begins again with what comes next. */
  again: boolean;
}

/** Which output is not to be heard, because it belongs to a turn that people have stopped. */
type Dropping =
  | 'nothing'
  /** Until the service notices the interruption, or has been given a new input. */
  | 'rest of turn'
  /** Until Gemini is given a new input. */
  | 'everything';

/**
 * Gemini's turns: from the first sound or word to the end, or to an interruption by the service or by us, whichever is noticed first. Time
 * comes from the caller, in milliseconds of any monotonic clock.
 */
export class OutputTurns {
  private readonly sink: OutputSink;
  private readonly clock = new PlaybackClock();
  private turn: Turn | undefined;
  private dropping: Dropping = 'nothing';
  /** The service has interrupted a turn and not ended it yet: words that still come belong to it. */
  private closing = false;

  constructor(sink: OutputSink) {
    this.sink = sink;
  }

  /** When the voice that was sent so far has been heard. */
  get endsAt(): number {
    return this.clock.endsAt;
  }

  /** Whether people hear Gemini, or will in a moment: also while its audio is late. */
  speaking(now: number): boolean {
    return this.clock.playing(now) || (this.turn?.voiced === true && !this.turn.complete);
  }

  /** Whether a turn is under way or being played. */
  busy(now: number): boolean {
    return this.turn !== undefined || this.clock.playing(now);
  }

  /** True when it is heard; false when it is dropped. */
  audio(pcm: Uint8Array, now: number): boolean {
    if (this.dropping !== 'nothing') return false;
    this.closing = false;
    const turn = this.open();
    this.sink.voice(pcm, !turn.voiced);
    turn.voiced = true;
    this.clock.play((pcm.byteLength / 2 / VOICE_RATE) * 1000, now);
    return true;
  }

  /** True when it is taken; false when it is dropped. */
  text(text: string): boolean {
    if (this.dropping !== 'nothing' || this.closing) return false;
    const turn = this.open();
    turn.text += text;
    this.sink.transcript(turn.key, turn.text.trim());
    return true;
  }

  /** Pages that what is being said is founded on; they may be told before the first word. */
  sources(sources: readonly WebSource[]): void {
    if (this.dropping !== 'nothing' || this.closing || sources.length === 0) return;
    const turn = this.open();
    turn.sources = withSources(turn.sources, sources);
  }

  generationComplete(): void {
    if (this.turn === undefined || this.turn.complete) return;
    this.turn.complete = true;
    if (this.turn.voiced) this.sink.voiceEnd();
  }

  /** Whether what the service is ending is a turn that people have stopped, and not the answer to the newest input. */
  get stopped(): boolean {
    return this.closing || this.dropping === 'rest of turn';
  }

  turnComplete(): void {
    this.generationComplete();
    this.close(false);
    this.closing = false;
    if (this.dropping === 'rest of turn') this.dropping = 'nothing';
  }

  /** The service has stopped the turn because of new input. */
  interruptedByService(now: number): void {
    this.stop(now);
    this.closing = true;
    if (this.dropping === 'rest of turn') this.dropping = 'nothing';
  }

  /** Somebody has begun to speak: what Gemini says, or is about to say, is stopped before the service knows. */
  bargeIn(now: number, answerExpected: boolean): void {
    const underWay = this.turn !== undefined || answerExpected;
    this.stop(now);
    if (underWay && this.dropping === 'nothing') this.dropping = 'rest of turn';
  }

  /** People want Gemini to be quiet until it is spoken to again. */
  silence(now: number): void {
    this.stop(now);
    this.dropping = 'everything';
  }

  /** Gemini has been given a complete input: what it says next is the answer. */
  expectAnswer(): void {
    this.dropping = 'nothing';
  }

  /**
   * The connection is gone. `again`: the answer that was under way will begin again, in the place of what was heard of it; otherwise what
   * was said so far is all there is, and listeners may hear it to its end.
   */
  connectionLost(again: boolean, now: number): void {
    const { turn } = this;
    this.closing = false;
    if (this.dropping === 'rest of turn') this.dropping = 'nothing';
    if (turn === undefined) return;
    if (again && !turn.complete) {
      if (turn.voiced) this.sink.flush();
      this.clock.stop(now);
      turn.again = true;
      turn.voiced = false;
    } else {
      const { complete } = turn;
      this.generationComplete();
      this.close(!complete);
    }
  }

  private stop(now: number): void {
    if (this.turn?.voiced === true || this.clock.playing(now)) this.sink.flush();
    this.clock.stop(now);
    this.close(true);
  }

  private open(): Turn {
    this.turn ??= {
      ...{ key: `gemini:${newId()}`, text: '', sources: [] },
      ...{ voiced: false, complete: false, again: false },
    };
    if (this.turn.again) {
      this.turn.again = false;
      this.turn.text = '';
      this.turn.sources = [];
    }
    return this.turn;
  }

  private close(interrupted: boolean): void {
    const { turn } = this;
    if (turn === undefined) return;
    this.turn = undefined;
    this.sink.finished(turn.key, turn.text.trim(), interrupted || turn.again, turn.sources);
  }
}
