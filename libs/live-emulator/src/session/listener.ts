import type { ActivityEvent } from '../input/activity-detector.ts';
import type { Activity } from '../input/activity.ts';
import { Ear } from '../input/ear.ts';
import type { Pcm } from '../input/pcm.ts';
import { decodePcm } from '../input/pcm.ts';
import { decodePicture } from '../input/picture.ts';
import type { Entry } from '../mind/conversation.ts';
import { isAnnouncement } from '../mind/lines.ts';
import { piecesOf } from '../output/pieces.ts';
import type { ServerMessage, ServerMessages } from '../output/server-message.ts';
import type { TokenCount } from '../output/usage.ts';
import type { RealtimeInput } from './client-message.ts';
import type { Blob } from './fields.ts';
import type { SessionObserver } from './observer.ts';
import { PendingTurn } from './pending-turn.ts';
import type { SessionSettings } from './settings.ts';

export interface ListenerPorts {
  readonly messages: ServerMessages;
  readonly send: (message: ServerMessage) => void;
  readonly observer: SessionObserver;
  readonly onPicture: () => void;
  /** Somebody began to speak, or wrote something that wants an answer. */
  readonly onInput: () => void;
  /** What was said or written is to be answered. */
  readonly onTurnEnd: () => void;
}

/** Takes in what people say, show and write as it happens, and finds where their turns end. */
export class Listener {
  readonly #settings: SessionSettings;
  readonly #ports: ListenerPorts;
  readonly #ear: Ear;
  readonly #pending: PendingTurn;
  #somebodySpeaks = false;
  /** Activities that ended and were not transcribed yet. */
  #untranscribed: Activity[] = [];

  constructor(settings: SessionSettings, ports: ListenerPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#ear = new Ear(settings.detection);
    this.#pending = new PendingTurn(settings.turnCoverage, settings.pictureTokens);
  }

  get somebodySpeaks(): boolean {
    return this.#somebodySpeaks;
  }

  /** Whether everything that was sent so far belongs to a turn that has ended, or to none. */
  get isSettled(): boolean {
    return this.#ear.isIdle && this.#pending.isEmpty;
  }

  /** @throws Refusal when the input is broken, or does not fit to how activity is found. */
  receive(input: RealtimeInput): void {
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

  /** The turn that has ended, as an entry of the conversation; null when nothing was said, shown or written. */
  take(): { readonly entry: Entry; readonly tokens: TokenCount } | null {
    return this.#pending.isEmpty ? null : this.#pending.take();
  }

  /** Transcribes what was heard and is not transcribed yet: with these words, or with a description of the sound. */
  transcribe(words?: string): void {
    const activities = this.#untranscribed.splice(0);
    if (activities.length === 0 || !this.#settings.transcribesInput) return;
    const { messages, send } = this.#ports;
    const pieces = words === undefined ? activities.map(described) : piecesOf(words);
    for (const piece of pieces) send(messages.inputTranscription(piece));
    for (const end of messages.finished('inputTranscription')) send(end);
  }

  #hear(pcm: Pcm): void {
    this.#ports.observer.audio(pcm);
    this.#pending.addAudio(pcm.samples.length / pcm.rate);
    this.#follow(this.#ear.hear(pcm));
  }

  #see(blob: Blob): void {
    const picture = decodePicture(blob);
    this.#ports.observer.picture(picture.width, picture.height);
    this.#pending.addPicture(picture, this.#somebodySpeaks);
    this.#ports.onPicture();
  }

  #read(text: string): void {
    const { observer, onInput, onTurnEnd } = this.#ports;
    observer.text('realtimeInput', 'user', text);
    this.#pending.addText(text);
    if (isAnnouncement(text) || this.#somebodySpeaks) return;
    onInput();
    onTurnEnd();
  }

  #follow(events: readonly ActivityEvent[]): void {
    const { messages, send, observer, onInput, onTurnEnd } = this.#ports;
    for (const event of events) {
      if (event.type === 'start') {
        this.#somebodySpeaks = true;
        if (this.#settings.signalsActivity) send(messages.voiceActivity('ACTIVITY_START', event.offsetMs));
        onInput();
        continue;
      }
      const { activity } = event;
      this.#somebodySpeaks = false;
      observer.activity(activity, this.#ear.offsetMs - activity.offsetMs);
      this.#pending.addSpeech(activity);
      this.#untranscribed.push(activity);
      if (this.#settings.signalsActivity) send(messages.voiceActivity('ACTIVITY_END', this.#ear.offsetMs));
      onTurnEnd();
    }
  }
}

function described({ seconds, dbfs }: Activity): string {
  return `[speech, ${seconds.toFixed(1)} s, ${Math.round(dbfs)} dBFS]`;
}
