import { GEMINI_ID } from '@studio/contracts';
import type { Addressing } from '@studio/contracts';
import { AddressingGate } from '../addressing/addressing-gate.ts';
import type { ServerEvent } from '../live/server-event.ts';
import type { UnansweredInput } from '../live/unanswered-input.ts';
import { OutputTurns } from '../output/output-turns.ts';
import type { OutputSink } from '../output/output-turns.ts';
import { VOICE_RATE } from '../output/voice-publisher.ts';
import type { VoicePublisher } from '../output/voice-publisher.ts';
import { webSources } from '../output/web-sources.ts';
import type { RoomTools } from '../tools/room-tools.ts';
import type { InputTranscripts } from '../transcript/input-transcripts.ts';
import type { RoomSignals } from './room-signals.ts';

/** Gemini is not waited for any longer than this; it may also choose to say nothing. */
const THINKING_MS = 20_000;

export interface AnswersParts {
  voice: VoicePublisher;
  signals: RoomSignals;
  tools: Pick<RoomTools, 'onServerEvent' | 'refuse'>;
  unanswered: UnansweredInput;
  inputs: InputTranscripts;
  finished: OutputSink['finished'];
  /** Nobody wants what Gemini is saying. */
  hush: () => void;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
}

/** What Gemini answers: what is asked for goes to people, is known to be answered, and ends when somebody speaks into it. */
export class Answers {
  readonly gate: AddressingGate;
  private readonly parts: AnswersParts;
  private readonly output: OutputTurns;
  /** When something of an answer came last. */
  private answeredAt = Number.NEGATIVE_INFINITY;
  /** When Gemini was given an input that it has not begun to answer. */
  private awaitedSince: number | undefined;

  constructor(addressing: Addressing, parts: AnswersParts) {
    this.parts = parts;
    const { voice, signals, tools, finished } = parts;
    this.gate = new AddressingGate(addressing, {
      pass: (event) => this.pass(event),
      dropped: (complete) => this.drop(complete),
      refused: ({ calls }) => tools.refuse(calls),
    });
    this.output = new OutputTurns({
      voice: (pcm, first) => voice.audio(pcm, first),
      voiceEnd: () => voice.end(),
      flush: () => voice.flush(),
      transcript: (key, text) => signals.transcript(key, GEMINI_ID, text),
      finished,
    });
  }

  /** Whether an input was given that is not being answered yet. */
  get awaited(): boolean {
    return this.awaitedSince !== undefined;
  }

  /** Whether an answer is under way or being heard. */
  get busy(): boolean {
    return this.output.busy(this.parts.now());
  }

  /** Whether people hear Gemini. */
  get speaking(): boolean {
    return this.output.speaking(this.parts.now());
  }

  /** Whether people may think that Gemini is about to say something. */
  get thinking(): boolean {
    return this.awaited && this.gate.expected;
  }

  /** Whether something of an answer came in this time, milliseconds. */
  cameWithin(ms: number): boolean {
    return this.parts.now() - this.answeredAt < ms;
  }

  /** Gemini has been given a complete input. */
  expect(): void {
    this.output.expectAnswer();
    this.awaitedSince = this.parts.now();
  }

  /** What the service says of an answer. */
  take(event: ServerEvent): void {
    this.gate.take(event, this.parts.now());
  }

  /** Somebody speaks into what Gemini says or is about to say. */
  stop(): void {
    const { inputs, unanswered, now } = this.parts;
    if (this.busy) inputs.settle();
    unanswered.over();
    this.output.bargeIn(now(), this.awaited);
    this.awaitedSince = undefined;
  }

  /** People want Gemini to be quiet until it is spoken to again. True when there was something to be stopped. */
  silence(): boolean {
    const { inputs, unanswered, now } = this.parts;
    const active = this.busy || this.awaited;
    if (this.busy) inputs.settle();
    this.gate.stop();
    this.output.silence(now());
    this.awaitedSince = undefined;
    unanswered.answered();
    unanswered.over();
    return active;
  }

  /** To be called a few times per second. */
  tick(): void {
    const now = this.parts.now();
    this.gate.tick(now);
    if (this.awaitedSince !== undefined && now - this.awaitedSince > THINKING_MS)
      this.awaitedSince = undefined;
  }

  /** The connection is gone; `again`: the answer that was under way will begin again. */
  lost(again: boolean): void {
    this.output.connectionLost(again, this.parts.now());
    this.gate.lost();
    this.awaitedSince = undefined;
  }

  /** A part of an answer that people may hear. */
  private pass(event: ServerEvent): void {
    const { tools, inputs, unanswered } = this.parts;
    const { output } = this;
    const now = this.parts.now();
    tools.onServerEvent(event);
    switch (event.type) {
      case 'interrupted':
        inputs.settle();
        unanswered.over();
        output.interruptedByService(now);
        break;
      case 'audio':
        if (event.rate === VOICE_RATE && output.audio(event.pcm, now)) this.begun();
        break;
      case 'outputText':
        if (output.text(event.text)) this.begun();
        break;
      case 'generationComplete':
        output.generationComplete();
        if (!output.stopped) unanswered.over();
        break;
      case 'turnComplete':
        if (!output.stopped) {
          inputs.settle();
          this.begun();
          unanswered.over();
        }
        output.turnComplete();
        break;
      case 'grounding':
        output.sources(webSources(event.metadata));
        break;
      case 'inputText':
      case 'toolCall':
      case 'toolCallCancellation':
      case 'usage':
      case 'handle':
      case 'goAway':
        // The session's own affair.
        break;
    }
  }

  /** Nobody asked for the answer that came; `complete`: all of it has come. */
  private drop(complete: boolean): void {
    const { inputs, unanswered, hush, now } = this.parts;
    inputs.settleSoon(now());
    this.begun();
    unanswered.over();
    if (!complete) hush();
  }

  /** Gemini has begun to answer, or has decided to say nothing. */
  private begun(): void {
    this.answeredAt = this.parts.now();
    this.awaitedSince = undefined;
    this.parts.unanswered.answered();
  }
}
