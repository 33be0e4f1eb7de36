import type { Clock } from '../clock.ts';
import type { PlannedPart } from '../mind/plan.ts';
import type { SessionSettings } from '../session/settings.ts';
import type { GroundingMetadata } from './grounding.ts';
import { piecesOf } from './pieces.ts';
import type { ServerMessage, ServerMessages } from './server-message.ts';
import { spokenTrack } from './spoken-track.ts';

/** How many times faster than it plays the voice is sent. */
const AHEAD = 4;
/** Between two pieces of a written answer, in milliseconds. */
const TEXT_PACE_MS = 30;

export interface AnswerPorts {
  readonly clock: Clock;
  readonly messages: ServerMessages;
  readonly send: (message: ServerMessage) => void;
  /** Called once, when the answer has been generated and played; never after `stop`. */
  readonly onDone: () => void;
}

interface Step {
  readonly text: string;
  readonly seconds: number;
  readonly messages: readonly ServerMessage[];
  /** How much later the step comes than it would. */
  readonly pauseMs?: number;
}

/** One answer on its way: sent ahead of its playback, over when it has been played or is stopped. */
export class Answer {
  readonly #settings: SessionSettings;
  readonly #ports: AnswerPorts;
  readonly #grounding: GroundingMetadata | undefined;
  readonly #steps: Iterator<Step, void>;
  /** When everything that was sent has been played. */
  #playedAt: number;
  #cancel: () => void = () => undefined;
  #text = '';
  #seconds = 0;

  /** Begins at once, or after the pause of its first part. */
  constructor(
    parts: readonly PlannedPart[],
    settings: SessionSettings,
    ports: AnswerPorts,
    grounding?: GroundingMetadata,
  ) {
    this.#settings = settings;
    this.#ports = ports;
    this.#grounding = grounding;
    this.#steps = stepsOf(parts, settings, ports.messages);
    this.#playedAt = ports.clock.now();
    this.#next();
  }

  /** What was sent of it so far. */
  get sent(): { readonly text: string; readonly seconds: number } {
    return { text: this.#text, seconds: this.#seconds };
  }

  stop(): void {
    this.#cancel();
  }

  #next(): void {
    const { value: step } = this.#steps.next();
    if (!step) this.#complete();
    else if (step.pauseMs) this.#cancel = this.#ports.clock.after(step.pauseMs, () => this.#take(step));
    else this.#take(step);
  }

  #take(step: Step): void {
    const { clock, send } = this.#ports;
    for (const message of step.messages) send(message);
    this.#text += step.text;
    this.#seconds += step.seconds;
    if (step.pauseMs) this.#playedAt = Math.max(this.#playedAt, clock.now());
    this.#playedAt += step.seconds * 1000;
    const pace = this.#settings.modality === 'AUDIO' ? (step.seconds * 1000) / AHEAD : TEXT_PACE_MS;
    this.#cancel = clock.after(pace, () => this.#next());
  }

  #complete(): void {
    const { clock, send, messages, onDone } = this.#ports;
    const bundled = this.#settings.profile.bundlesEvents;
    if (this.#settings.transcribesOutput)
      for (const end of messages.finished('outputTranscription')) send(end);
    if (this.#grounding && !bundled) send(messages.grounding(this.#grounding));
    send(messages.generationComplete(bundled ? this.#grounding : undefined));
    this.#cancel = clock.after(Math.max(0, this.#playedAt - clock.now()), onDone);
  }
}

function* stepsOf(
  parts: readonly PlannedPart[],
  settings: SessionSettings,
  messages: ServerMessages,
): Generator<Step, void> {
  const audible = settings.modality === 'AUDIO';
  if (
    audible &&
    settings.transcribesOutput &&
    messages.sendsEmptyTranscription &&
    !settings.profile.bundlesEvents
  ) {
    yield { text: '', seconds: 0, messages: [messages.outputTranscription()] };
  }
  for (const [index, { say, pauseMs }] of parts.entries()) {
    const text = index === 0 ? say : ` ${say}`;
    let pause = pauseMs;
    for (const step of audible ? voiceSteps(text, settings, messages) : textSteps(text, messages)) {
      yield { ...step, pauseMs: pause };
      pause = 0;
    }
  }
}

function* textSteps(text: string, messages: ServerMessages): Generator<Step, void> {
  for (const piece of piecesOf(text)) yield { text: piece, seconds: 0, messages: [messages.text(piece)] };
}

function* voiceSteps(
  text: string,
  { voice, profile, transcribesOutput }: SessionSettings,
  messages: ServerMessages,
): Generator<Step, void> {
  for (const { pcm, transcription, seconds } of spokenTrack(text, voice)) {
    const shown = transcribesOutput && transcription !== null ? transcription : undefined;
    const bundle =
      shown === undefined || profile.bundlesEvents
        ? [messages.audio(pcm, shown)]
        : [messages.outputTranscription(shown), messages.audio(pcm)];
    yield { text: transcription ?? '', seconds, messages: bundle };
  }
}
