import { KeptSound } from './kept-sound.ts';
import type { LiveConnection } from './live-connection.ts';

/** Of 16 kHz PCM. */
const BYTES_PER_MS = 32;
/** Longest part of one speech that is kept for another connection: 60 s. */
const MOST_SPEECH_BYTES = 60_000 * BYTES_PER_MS;
/**
 * What is given again of a stream that goes on: more than a speaker's onset is noticed late, and than was on its way to a connection that
 * is lost.
 */
const OVERLAP_BYTES = 400 * BYTES_PER_MS;
/** How far overlaps together may bring Gemini ahead of real time. */
const MOST_AHEAD_BYTES = 500 * BYTES_PER_MS;
const MOST_INPUTS = 10;
/** An input that may be the reason for the end of a connection is given once more, and then no more. */
const MOST_GIVEN = 2;
/** Nobody expects an answer to something older. */
const STALE_MS = 60_000;
/** Where the service finds speech by itself, and has not begun to answer by then, it has found none or has nothing to say. */
const UNMARKED_STALE_MS = 20_000;

interface Given {
  /** Of the line that it is, or becomes, in the conversation. */
  key: string;
  /** When it was complete; of what is being said, when it began. */
  at: number;
  /** Gemini has begun to answer it. */
  answering: boolean;
  /** How many connections it has been given to. */
  given: number;
}

type Input =
  | (Given & { kind: 'text'; text: string })
  | (Given & {
      kind: 'speech';
      introduction: string;
      /** Its start and end are told; otherwise the service finds them by itself, in one stream that goes on between speeches. */
      marked: boolean;
      audio: KeptSound;
      ended: boolean;
    });

type Speech = Extract<Input, { kind: 'speech' }>;

export type InputSender = Pick<
  LiveConnection,
  'findsSpeech' | 'sendText' | 'sendActivityStart' | 'sendAudio' | 'sendActivityEnd' | 'sendAudioStreamEnd'
>;

/**
 * What people said and Gemini has not answered to the end: a connection that is lost takes it away, so the next one is given it again.
 * Holds the microphone audio while there is no connection. A stream that is still being spoken in stays in real time: of what one connection
 * was sent, the next one is given the newest moment only.
 */
export class UnansweredInput {
  private inputs: Input[] = [];
  /** An answer is under way: what comes now is not what it answers. */
  private underWay = false;
  /** The newest part of a stream in which nobody is known to speak yet. */
  private recent = new KeptSound();
  /** How much more of the stream Gemini was given than there was of it; less while it waits for a connection. Bytes. */
  private ahead = 0;

  /** Gemini was given a part of the stream again, and nobody speaks: so much of the pause may be left out. */
  get makesUp(): boolean {
    return this.ahead > 0 && this.openSpeech() === undefined;
  }

  /** Of the line of what is being said in a stream: the next connection is not given all of it again. */
  get goesOn(): string | undefined {
    const speech = this.openSpeech();
    return speech?.marked === false ? speech.key : undefined;
  }

  /** `key`: of the event that the text is of; `sent`: there is a connection that is given it. */
  text(text: string, key: string, sent: boolean, now: number): void {
    this.add({ kind: 'text', text, key, at: now, answering: false, given: sent ? 1 : 0 });
  }

  /** `introduction` tells who speaks; `key`: of the line that the speech becomes; `sent`: there is a connection that hears it. */
  start(introduction: string, key: string, sent: boolean, now: number, marked = true): void {
    const audio = marked ? new KeptSound() : this.recent;
    this.recent = new KeptSound();
    const speech = { kind: 'speech' as const, introduction, marked, audio, ended: false };
    this.add({ ...speech, key, at: now, answering: false, given: sent ? 1 : 0 });
  }

  /** Keeps a copy; of a long speech the newest part. `sent`: a connection is given it. */
  audio(pcm: Uint8Array, { sent, marked }: { sent: boolean; marked: boolean }): void {
    const speech = this.openSpeech();
    if (speech !== undefined) speech.audio.add(pcm, sent, MOST_SPEECH_BYTES);
    else if (!marked) this.recent.add(pcm, sent, OVERLAP_BYTES);
    if (!marked && !sent) this.ahead -= pcm.byteLength;
  }

  /** The stream stops for now. */
  pause(): void {
    this.recent = new KeptSound();
  }

  /** `answered`: the service has found the end before us, and has begun to answer. */
  end(now: number, answered = false): void {
    const speech = this.openSpeech();
    if (speech === undefined) return;
    speech.ended = true;
    speech.at = now;
    if (!answered) return;
    if (this.underWay) speech.answering = true;
    else this.inputs = this.inputs.filter((input) => input !== speech);
  }

  /** Gemini answers: everything but what is just being said has arrived. To be told as often as something of the answer comes. */
  answered(): void {
    if (this.underWay) return;
    this.underWay = true;
    for (const input of this.inputs) input.answering ||= !isOpen(input);
  }

  /** The answer is over, or was stopped by somebody: nothing of it is owed any more. */
  over(): void {
    this.underWay = false;
    this.inputs = this.inputs.filter(({ answering }) => !answering);
  }

  /**
   * The connection is gone, and the next one will be given these inputs. `blamed`: it may be their fault, so that none is given a third
   * time. True when an answer that was under way will begin again.
   */
  lost(blamed: boolean): boolean {
    this.underWay = false;
    if (blamed) this.inputs = this.inputs.filter((input) => input.given < MOST_GIVEN || isOpen(input));
    const begun = this.inputs.some(({ answering }) => answering);
    for (const input of this.inputs) input.answering = false;
    const most = Math.min(OVERLAP_BYTES, Math.max(0, MOST_AHEAD_BYTES - this.ahead));
    const speech = this.openSpeech();
    if (speech?.marked === false) speech.audio.forgetSent(most);
    this.recent.forgetSent(most);
    return begun;
  }

  /** Of the lines that are given to the next connection as inputs, were it made now. */
  keys(now: number): Set<string> {
    this.inputs = this.inputs.filter((input) => isOpen(input) || now - input.at < staleMs(input));
    return new Set(this.inputs.map(({ key }) => key));
  }

  forget(): void {
    this.underWay = false;
    this.inputs = [];
    this.recent = new KeptSound();
  }

  /** Gives a new connection what was lost. True when Gemini owes an answer to it. */
  replay(connection: InputSender): boolean {
    const underWay = this.openSpeech() !== undefined;
    this.inputs.forEach((input) => {
      input.given++;
      // While somebody speaks, an answer would be an interruption: they get it together with their own.
      if (input.kind === 'text') connection.sendText(input.text, { answer: !underWay });
      else this.replaySpeech(connection, input);
    });
    if (connection.findsSpeech) this.replayStream(connection, this.recent);
    // What nobody has heard is not made up for.
    this.ahead = Math.max(0, this.ahead);
    return this.inputs.some((input) => !isOpen(input));
  }

  private add(input: Input): void {
    this.inputs.push(input);
    if (this.inputs.length > MOST_INPUTS) this.inputs.shift();
  }

  private openSpeech(): Speech | undefined {
    return this.inputs.findLast((input): input is Speech => input.kind === 'speech' && !input.ended);
  }

  private replaySpeech(connection: InputSender, speech: Speech): void {
    connection.sendText(speech.introduction, { answer: false });
    if (speech.marked) {
      connection.sendActivityStart();
      speech.audio.send((pcm) => connection.sendAudio(pcm));
      if (speech.ended) connection.sendActivityEnd();
      return;
    }
    this.replayStream(connection, speech.audio);
    if (speech.ended) connection.sendAudioStreamEnd();
  }

  private replayStream(connection: InputSender, sound: KeptSound): void {
    sound.send((pcm) => {
      connection.sendAudio(pcm);
      this.ahead += pcm.byteLength;
    });
  }
}

function isOpen(input: Input): boolean {
  return input.kind === 'speech' && !input.ended;
}

function staleMs(input: Input): number {
  return input.kind === 'speech' && !input.marked ? UNMARKED_STALE_MS : STALE_MS;
}
