import { QUIET, peak, samplesOf } from '@studio/audio';
import type { Actor } from '@studio/contracts';
import type { LiveConnection } from '../live/live-connection.ts';
import type { UnansweredInput } from '../live/unanswered-input.ts';

export interface LiveInputParts {
  unanswered: UnansweredInput;
  connection: () => LiveConnection | undefined;
  /** Whether an answer is awaited or on its way: a text would interrupt it. */
  answering: () => boolean;
  /** A text that it only needs to know has been given to it; `key`: of the line that it is. */
  told: (key: string) => void;
}

/**
 * Gives Gemini what people say, type and show, in the way that its connection takes it. What it is not to answer, such as who speaks now,
 * it is told at the next boundary between turns.
 */
export class LiveInput {
  /** Whether speech is marked by us; otherwise it is one stream in which the service finds it. */
  marked = true;
  private readonly parts: LiveInputParts;
  private readonly asides: { text: string; key: string | undefined }[] = [];
  /** Whom Gemini was told to hear last. */
  private introduced: string | undefined;

  constructor(parts: LiveInputParts) {
    this.parts = parts;
  }

  /** The connection that takes speech; undefined while there is none, or one that finds speech in another way than it is given now. */
  private get ear(): LiveConnection | undefined {
    const connection = this.parts.connection();
    return connection?.findsSpeech === this.marked ? undefined : connection;
  }

  /** Whether speech is heard now. */
  get hears(): boolean {
    return this.ear !== undefined;
  }

  /** Gives a complete input that Gemini answers, or with what is just being said. */
  text(text: string, { answer }: { answer: boolean }): void {
    if (answer) this.flush();
    this.parts.connection()?.sendText(text, { answer });
  }

  /** Gives a text that Gemini only needs to know; `key`: of the line that it is. While there is no connection, the next one is told anyway. */
  aside(text: string, key?: string): void {
    if (this.parts.connection() === undefined) return;
    this.asides.push({ text, key });
    if (!this.parts.answering()) this.flush();
  }

  /** Between two turns: what was not to interrupt the one before is told. */
  flush(): void {
    const connection = this.parts.connection();
    if (connection === undefined) return;
    for (const { text, key } of this.asides.splice(0)) {
      connection.sendText(text, { answer: false });
      if (key !== undefined) this.parts.told(key);
    }
  }

  /** `interrupts`: an answer that is under way ends here; `key`: of the line that the speech becomes; undefined: nothing is kept of it. */
  startSpeech(actor: Actor, interrupts: boolean, key: string | undefined, now: number): void {
    const introduction = `(${actor.name} is speaking)`;
    const { ear, marked } = this;
    if (ear !== undefined && this.introduced !== actor.id) this.aside(introduction);
    if (interrupts) this.flush();
    this.introduced = ear === undefined ? undefined : actor.id;
    if (marked) ear?.sendActivityStart();
    if (key === undefined) return;
    this.parts.unanswered.start(introduction, key, ear !== undefined, now, marked);
  }

  audio(pcm: Uint8Array): void {
    const { marked } = this;
    const ear = !marked && this.leavesOut(pcm) ? undefined : this.ear;
    ear?.sendAudio(pcm);
    this.parts.unanswered.audio(pcm, { marked, sent: ear !== undefined });
  }

  /** `speakers`: all of several who spoke; `answered`: Gemini has found the end before, and has begun to answer. */
  endSpeech(speakers: readonly Actor[], answered: boolean, now: number): void {
    if (this.marked) this.ear?.sendActivityEnd();
    this.parts.unanswered.end(now, answered);
    if (speakers.length < 2) return;
    this.introduced = undefined;
    this.aside(`(That was ${speakers.map(({ name }) => name).join(' and ')})`);
  }

  /** The stream stops for now. */
  pause(): void {
    this.ear?.sendAudioStreamEnd();
    this.parts.unanswered.pause();
  }

  /**
   * Stops what Gemini is saying. The API has no message for that: an activity without sound interrupts it where speech is marked, and a text
   * that wants no answer where it is not.
   */
  hush(): void {
    const { ear } = this;
    if (!this.marked) ear?.sendText('(Nobody wants an answer now.)', { answer: false });
    else ear?.sendInterruption();
  }

  /** The connection is gone; the next one is told anew what it must know. */
  lost(): void {
    this.asides.length = 0;
    this.introduced = undefined;
  }

  /** Of a pause in which nothing is waited for, what makes up for a part of the stream that Gemini was given again. */
  private leavesOut(pcm: Uint8Array): boolean {
    const { unanswered, answering } = this.parts;
    return unanswered.makesUp && !answering() && peak(samplesOf(pcm)) < QUIET;
  }
}
