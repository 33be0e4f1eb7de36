import { newId } from '@studio/contracts';
import type { Actor } from '@studio/contracts';

/** Words that come this soon after somebody began to speak are of who spoke before: recognition lags by 260 ms in the median. */
const LAG_MS = 250;
/** How long after the next speaker's begin words of the former one may still come. */
const HANDOVER_MS = 1_000;
/** How long words may still come when Gemini does not answer. */
const SETTLE_MS = 10_000;

export interface InputSink {
  /** The turn while it is being spoken: its whole text so far. */
  transcript(key: string, actor: Actor, text: string): void;
  /** The turn is over; an empty text means that it had no words. */
  finished(key: string, actor: Actor, text: string): void;
}

interface Speech {
  key: string;
  actor: Actor;
  text: string;
  startedAt: number;
  /** When it is finished at the latest; undefined while it is being spoken. */
  until: number | undefined;
}

/**
 * What people say, as the service recognises it: it names no speaker, so its words go to whoever held the floor. Words come with a delay,
 * in no fixed order to anything else. Time comes from the caller, in milliseconds of any monotonic clock.
 */
export class InputTranscripts {
  private readonly sink: InputSink;
  /** Oldest first; the last one may be under way. */
  private speeches: Speech[] = [];

  constructor(sink: InputSink) {
    this.sink = sink;
  }

  start(actor: Actor, now: number): void {
    for (const speech of this.speeches)
      speech.until = Math.min(speech.until ?? Number.POSITIVE_INFINITY, now + HANDOVER_MS);
    this.speeches.push({ key: `speech:${newId()}`, actor, text: '', startedAt: now, until: undefined });
  }

  end(now: number): void {
    const speech = this.speeches.at(-1);
    if (speech !== undefined) speech.until ??= now + SETTLE_MS;
  }

  /** A part of the text, spaces included. */
  text(text: string, now: number): void {
    const newest = this.speeches.at(-1);
    const former = this.speeches.at(-2);
    const speech = newest !== undefined && now - newest.startedAt < LAG_MS ? (former ?? newest) : newest;
    if (speech === undefined) return;
    speech.text += text;
    this.sink.transcript(speech.key, speech.actor, speech.text.trim());
  }

  /** Gemini's answer is over: what was said before it is complete. */
  settle(): void {
    this.finish((speech) => speech.until !== undefined);
  }

  /** To be called now and then: finishes what has waited long enough. */
  tick(now: number): void {
    this.finish((speech) => speech.until !== undefined && now >= speech.until);
  }

  /** Nothing comes any more. */
  close(): void {
    this.finish(() => true);
  }

  private finish(over: (speech: Speech) => boolean): void {
    const finished = this.speeches.filter(over);
    this.speeches = this.speeches.filter((speech) => !over(speech));
    for (const { key, actor, text } of finished) this.sink.finished(key, actor, text.trim());
  }
}
