import type { Clock } from '../clock.ts';
import type { ActivityEvent } from '../input/activity-detector.ts';
import { Ear } from '../input/ear.ts';
import type { Pcm } from '../input/pcm.ts';
import { decodePcm } from '../input/pcm.ts';
import { decodePicture } from '../input/picture.ts';
import { isAnnouncement } from '../mind/lines.ts';
import type { Mind } from '../mind/plan.ts';
import type { Backend } from '../models/backend.ts';
import { Answer } from '../output/answer.ts';
import type { ServerMessage, ServerMessages } from '../output/server-message.ts';
import type { TokenCount } from '../output/usage.ts';
import { audioTokens, textTokens, totalOf, usageMetadata } from '../output/usage.ts';
import type { ClientContent, ClientMessage, RealtimeInput } from './client-message.ts';
import type { Context } from './context.ts';
import { readContent } from './content.ts';
import type { Blob } from './fields.ts';
import { textOf } from './fields.ts';
import type { SessionObserver } from './observer.ts';
import { PendingTurn } from './pending-turn.ts';
import { invalidArgument } from './refusal.ts';
import type { SessionSettings } from './settings.ts';

export interface DialoguePorts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly mind: Mind;
  readonly messages: ServerMessages;
  readonly send: (message: ServerMessage) => void;
  readonly observer: SessionObserver;
  /** From the end of a turn to the first sound of the answer, in milliseconds. */
  readonly latencyMs: number;
  /** Called before and after each answer, and when history was added: the session may be resumed now, or not. */
  readonly onResumable: (resumable: boolean) => void;
}

/** Listens and answers, turn by turn, once a session is set up. */
export class Dialogue {
  readonly #settings: SessionSettings;
  readonly #context: Context;
  readonly #ports: DialoguePorts;
  readonly #ear: Ear;
  readonly #pending: PendingTurn;
  #answer: { readonly answer: Answer; readonly prompt: TokenCount } | null = null;
  #somebodySpeaks = false;
  /** A turn ended while an answer that must not be interrupted was under way. */
  #owesAnswer = false;
  #takesHistory: boolean;

  constructor(settings: SessionSettings, context: Context, ports: DialoguePorts) {
    this.#settings = settings;
    this.#context = context;
    this.#ports = ports;
    this.#ear = new Ear(settings.detection);
    this.#pending = new PendingTurn(settings.turnCoverage);
    this.#takesHistory = settings.startsWithHistory;
  }

  /** @throws Refusal when the service would close the connection over it. */
  receive(message: ClientMessage): void {
    if (message.clientContent) this.#receiveContent(message.clientContent);
    if (message.realtimeInput) this.#receiveRealtime(message.realtimeInput);
    if (message.toolResponse)
      this.#ports.observer.toolResponses(message.toolResponse.functionResponses.length);
    if (message.contextUpdate) {
      if (!this.#settings.profile.takesContextUpdates) throw invalidArgument();
      const { systemInstruction } = message.contextUpdate;
      if (systemInstruction) this.#context.systemInstruction = textOf(systemInstruction);
    }
  }

  stop(): void {
    this.#answer?.answer.stop();
  }

  /** Ends the answer under way, if there is one, as if it were complete. */
  completeTurn(): void {
    this.#answer?.answer.stop();
    this.#finish(false);
  }

  #receiveContent({ turns, turnComplete }: ClientContent): void {
    if (turnComplete || this.#settings.profile.interruptedByAnyContent) this.#interrupt();
    for (const turn of turns) {
      const { entry, tokens } = readContent(turn);
      this.#ports.observer.text('clientContent', entry.role, entry.text);
      this.#context.add(entry, tokens);
    }
    if (!turnComplete || this.#takesHistory) {
      this.#takesHistory &&= !turnComplete;
      if (!this.#answer) this.#ports.onResumable(true);
      return;
    }
    this.#respond();
  }

  #receiveRealtime(input: RealtimeInput): void {
    if (input.activityStart) this.#follow(this.#ear.markStart());
    if (input.audio) this.#hear(decodePcm(input.audio));
    if (input.video) this.#see(input.video);
    for (const blob of input.mediaChunks ?? []) {
      if (blob.mimeType.startsWith('image/')) this.#see(blob);
      else this.#hear(decodePcm(blob));
    }
    if (input.text !== undefined) this.#read(input.text);
    if (input.audioStreamEnd) this.#follow(this.#ear.endStream());
    if (input.activityEnd) this.#follow(this.#ear.markEnd());
  }

  #hear(pcm: Pcm): void {
    const seconds = pcm.samples.length / pcm.rate;
    this.#ports.observer.audio(seconds);
    this.#pending.addAudio(seconds);
    this.#follow(this.#ear.hear(pcm));
  }

  #see(blob: Blob): void {
    const picture = decodePicture(blob);
    this.#ports.observer.picture(picture.width, picture.height);
    this.#pending.addPicture(picture, this.#somebodySpeaks);
  }

  #read(text: string): void {
    this.#ports.observer.text('realtimeInput', 'user', text);
    this.#pending.addText(text);
    if (isAnnouncement(text) || this.#somebodySpeaks) return;
    if (this.#settings.interruptible) this.#interrupt();
    this.#respond();
  }

  #follow(events: readonly ActivityEvent[]): void {
    const { messages, send, observer } = this.#ports;
    for (const event of events) {
      if (event.type === 'start') {
        this.#somebodySpeaks = true;
        if (this.#settings.signalsActivity) send(messages.voiceActivity('ACTIVITY_START', event.offsetMs));
        if (this.#settings.interruptible) this.#interrupt();
        continue;
      }
      const { activity } = event;
      this.#somebodySpeaks = false;
      observer.activity(activity, this.#ear.offsetMs - activity.offsetMs);
      this.#pending.addSpeech(activity);
      if (this.#settings.signalsActivity) send(messages.voiceActivity('ACTIVITY_END', this.#ear.offsetMs));
      if (this.#settings.transcribesInput) {
        send(
          messages.inputTranscription(
            `[speech, ${activity.seconds.toFixed(1)} s, ${Math.round(activity.dbfs)} dBFS]`,
          ),
        );
      }
      this.#respond();
    }
  }

  /** Answers what was said, written and shown since the last turn, after the answer under way if there is one. */
  #respond(): void {
    if (this.#answer) {
      this.#owesAnswer = true;
      return;
    }
    this.#owesAnswer = false;
    if (!this.#pending.isEmpty) {
      const { entry, tokens } = this.#pending.take();
      this.#context.add(entry, tokens);
    }
    const { clock, mind, messages, send, latencyMs, onResumable } = this.#ports;
    onResumable(false);
    const { say } = mind.plan(this.#context.entries, {
      mayStaySilent: this.#settings.proactiveAudio,
      systemInstruction: this.#context.systemInstruction,
      functions: [],
      canSearch: false,
    });
    const answer = new Answer(say, this.#settings, latencyMs, {
      clock,
      messages,
      send,
      onDone: () => this.#finish(false),
    });
    this.#answer = { answer, prompt: this.#context.tokens };
  }

  #interrupt(): void {
    if (!this.#answer) return;
    this.#answer.answer.stop();
    this.#ports.send(this.#ports.messages.interrupted());
    this.#finish(true);
  }

  /** Ends the turn. The conversation keeps of the answer what was sent. */
  #finish(interrupted: boolean): void {
    if (!this.#answer) return;
    const { answer, prompt } = this.#answer;
    this.#answer = null;
    const { text, seconds } = answer.sent;
    const response = this.#settings.modality === 'AUDIO' ? audioTokens(seconds) : textTokens(text);
    const { backend, messages, send, observer, onResumable } = this.#ports;
    if (text !== '') this.#context.add({ role: 'model', text, speech: [], pictures: [] }, response);
    send(messages.turnComplete(usageMetadata(prompt, response, backend)));
    observer.turn({ spokenSeconds: seconds, totalTokens: totalOf(prompt) + totalOf(response), interrupted });
    onResumable(true);
    if (this.#owesAnswer && !interrupted) this.#respond();
  }
}
