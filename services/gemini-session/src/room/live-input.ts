import type { Actor } from '@studio/contracts';
import { RecentAudio } from '../floor/recent-audio.ts';
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

/** What Gemini must hear of a stretch of speech that it notices late, milliseconds. */
const PRE_ROLL_MS = 400;

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
  private readonly recent = new RecentAudio();

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
    for (const pcm of this.recent.take()) this.parts.unanswered.audio(pcm);
  }

  audio(pcm: Uint8Array): void {
    this.ear?.sendAudio(pcm);
    if (!this.marked) this.recent.add(pcm, PRE_ROLL_MS);
    this.parts.unanswered.audio(pcm);
  }

  /** `speakers`: all of several who spoke. */
  endSpeech(speakers: readonly Actor[]): void {
    if (this.marked) this.ear?.sendActivityEnd();
    this.parts.unanswered.end();
    if (speakers.length < 2) return;
    this.introduced = undefined;
    this.aside(`(That was ${speakers.map(({ name }) => name).join(' and ')})`);
  }

  /** The stream stops for now. */
  pause(): void {
    this.ear?.sendAudioStreamEnd();
    this.recent.take();
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
}
