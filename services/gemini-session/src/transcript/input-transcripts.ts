import { newId } from '@studio/contracts';
import type { Actor } from '@studio/contracts';

/** Words that come this soon after somebody began to speak are of who spoke before: 95 of 100 are recognised 360 ms after their end. */
const LAG_MS = 350;
/** How long after the next speaker's begin words of the former one may still come. */
const HANDOVER_MS = 1_000;
/** How long words may still come when Gemini does not answer. */
const SETTLE_MS = 10_000;

export interface InputSink {
  /** The turn while it is being spoken: its whole text so far. */
  transcript(key: string, actor: Actor, text: string): void;
  /** The turn is over; an empty text means that it had no words. `speakers`: all of several who spoke, who spoke most first. */
  finished(key: string, actor: Actor, text: string, speakers: readonly Actor[]): void;
}

interface Speech {
  key: string;
  actor: Actor;
  /** Who spoke besides, when it is over. */
  speakers: readonly Actor[];
  text: string;
  startedAt: number;
  ended: boolean;
  /** When it is finished at the latest; undefined while it is being spoken, or waits for a connection. */
  until: number | undefined;
  /** Whether the connection of now hears it; `again`: its words come once more, but for the first `kept` characters. */
  hearing: 'yes' | 'waiting' | 'again';
  kept: number;
  /** Characters of it that the newest handle brings back. */
  known: number;
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

  /** `heard`: there is a connection; without one it waits for the next. Gives the key of the line that it becomes. */
  start(actor: Actor, heard: boolean, now: number): string {
    for (const speech of this.speeches) {
      speech.ended = true;
      if (speech.hearing !== 'waiting')
        speech.until = Math.min(speech.until ?? Number.POSITIVE_INFINITY, now + HANDOVER_MS);
    }
    const key = `speech:${newId()}`;
    const hearing = heard ? 'yes' : 'waiting';
    const speech = { key, actor, speakers: [], startedAt: now, until: undefined };
    this.speeches.push({ ...speech, text: '', kept: 0, known: 0, ended: false, hearing });
    return key;
  }

  /** `speakers`: all of several who spoke, who spoke most first; the line is of the first of them. */
  end(now: number, speakers: readonly Actor[] = []): void {
    const speech = this.speeches.at(-1);
    if (speech === undefined) return;
    speech.ended = true;
    speech.actor = speakers[0] ?? speech.actor;
    speech.speakers = speakers;
    if (speech.hearing !== 'waiting') speech.until ??= now + SETTLE_MS;
  }

  /** A part of the text, spaces included. */
  text(text: string, now: number): void {
    const newest = this.speeches.at(-1);
    const former = this.speeches.at(-2);
    const speech = newest !== undefined && now - newest.startedAt < LAG_MS ? (former ?? newest) : newest;
    if (speech === undefined) return;
    if (speech.hearing === 'again') speech.text = speech.text.slice(0, speech.kept);
    speech.hearing = 'yes';
    speech.text += text;
    this.sink.transcript(speech.key, speech.actor, speech.text.trim());
  }

  /** Gemini's answer is over: what was said before it is complete. */
  settle(): void {
    this.finish((speech) => speech.until !== undefined);
  }

  /** No answer comes that would tell that what was said is complete: words are waited for a moment, and no longer. */
  settleSoon(now: number): void {
    for (const speech of this.speeches)
      if (speech.until !== undefined) speech.until = Math.min(speech.until, now + HANDOVER_MS);
  }

  /**
   * The connection is gone. What the next one is given again is recognised again; of the rest nothing comes any more. `goesOn`: of what is
   * being said in a stream the next one is given the rest, so that its words go on.
   */
  lost(givenAgain: ReadonlySet<string>, goesOn?: string): void {
    this.finish(({ key, ended }) => ended && !givenAgain.has(key));
    for (const speech of this.speeches) {
      if (!givenAgain.has(speech.key)) continue;
      if (speech.key === goesOn) speech.kept = speech.text.length;
      speech.hearing = 'waiting';
      speech.until = undefined;
    }
  }

  /** A handle has come: it brings back what was recognised so far. */
  keep(): void {
    for (const speech of this.speeches) speech.known = speech.text.length;
  }

  /** Who says what in a speech that goes on; `resumed`: but for what the handle brings back. Undefined when that is nothing. */
  soFar(key: string | undefined, resumed: boolean): { actor: Actor; text: string } | undefined {
    const speech = this.speeches.find((one) => one.key === key);
    const text = speech?.text.slice(resumed ? speech.known : 0).trim() ?? '';
    return speech === undefined || text === '' ? undefined : { actor: speech.actor, text };
  }

  /** What was lost has been given to the next connection. */
  replayed(now: number): void {
    for (const speech of this.speeches) {
      if (speech.hearing !== 'waiting') continue;
      speech.hearing = 'again';
      if (speech.ended) speech.until = now + SETTLE_MS;
    }
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
    for (const { key, actor, text, speakers } of finished)
      this.sink.finished(key, actor, text.trim(), speakers);
  }
}
