import type { Clock } from '../clock.ts';
import type { SessionSettings } from '../session/settings.ts';
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
}

/** One answer on its way: sent ahead of its playback, over when it has been played or is stopped. */
export class Answer {
  readonly #ports: AnswerPorts;
  readonly #audible: boolean;
  readonly #steps: Iterator<Step, void>;
  #cancel: () => void;
  #startedAt = 0;
  #text = '';
  #seconds = 0;

  /** Begins after the delay, in milliseconds. Without a text the model stays silent. */
  constructor(text: string | null, settings: SessionSettings, delayMs: number, ports: AnswerPorts) {
    this.#ports = ports;
    this.#audible = settings.modality === 'AUDIO';
    this.#steps =
      text === null
        ? [].values()
        : this.#audible
          ? voiceSteps(text, settings, ports.messages)
          : textSteps(text, ports.messages);
    this.#cancel = ports.clock.after(delayMs, () => {
      this.#startedAt = ports.clock.now();
      if (text === null) ports.onDone();
      else this.#next();
    });
  }

  /** What was sent of it so far. */
  get sent(): { readonly text: string; readonly seconds: number } {
    return { text: this.#text, seconds: this.#seconds };
  }

  stop(): void {
    this.#cancel();
  }

  #next(): void {
    const { clock, send, messages, onDone } = this.#ports;
    const { value: step } = this.#steps.next();
    if (!step) {
      send(messages.generationComplete());
      const playedAt = this.#startedAt + this.#seconds * 1000;
      this.#cancel = clock.after(Math.max(0, playedAt - clock.now()), onDone);
      return;
    }
    for (const message of step.messages) send(message);
    this.#text += step.text;
    this.#seconds += step.seconds;
    const pace = this.#audible ? (step.seconds * 1000) / AHEAD : TEXT_PACE_MS;
    this.#cancel = clock.after(pace, () => this.#next());
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
  if (transcribesOutput && messages.sendsEmptyTranscription && !profile.bundlesEvents) {
    yield { text: '', seconds: 0, messages: [messages.outputTranscription()] };
  }
  for (const { pcm, transcription, seconds } of spokenTrack(text, voice)) {
    const shown = transcribesOutput && transcription !== null ? transcription : undefined;
    const bundle =
      shown === undefined || profile.bundlesEvents
        ? [messages.audio(pcm, shown)]
        : [messages.outputTranscription(shown), messages.audio(pcm)];
    yield { text: transcription ?? '', seconds, messages: bundle };
  }
}
