import type { LiveConnection } from './live-connection.ts';

/** Longest part of one speech that is kept for another connection, bytes of 16 kHz PCM: 60 s. */
const MOST_SPEECH_BYTES = 60 * 32_000;
const MOST_INPUTS = 10;
/** An input that may be the reason for the end of a connection is given once more, and then no more. */
const MOST_GIVEN = 2;
/** Nobody expects an answer to something older. */
const STALE_MS = 60_000;

interface Given {
  /** Of the line that it is, or becomes, in the conversation. */
  key: string;
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
      /** Its start and end are told; otherwise the service finds them by itself. */
      marked: boolean;
      audio: Uint8Array[];
      bytes: number;
      ended: boolean;
    });

export type InputSender = Pick<
  LiveConnection,
  'sendText' | 'sendActivityStart' | 'sendAudio' | 'sendActivityEnd' | 'sendAudioStreamEnd'
>;

/**
 * What people said and Gemini has not answered to the end: a connection that is lost takes it away, so the next one is given it again.
 * Holds the microphone audio while there is no connection.
 */
export class UnansweredInput {
  private inputs: Input[] = [];
  /** An answer is under way: what comes now is not what it answers. */
  private underWay = false;

  /** `key`: of the event that the text is of; `sent`: there is a connection that is given it. */
  text(text: string, key: string, sent: boolean, now: number): void {
    this.add({ kind: 'text', text, key, at: now, answering: false, given: sent ? 1 : 0 });
  }

  /** `introduction` tells who speaks; `key`: of the line that the speech becomes; `sent`: there is a connection that hears it. */
  start(introduction: string, key: string, sent: boolean, now: number, marked = true): void {
    const speech = { kind: 'speech' as const, introduction, marked, audio: [], bytes: 0, ended: false };
    this.add({ ...speech, key, at: now, answering: false, given: sent ? 1 : 0 });
  }

  /** Keeps a copy; of a long speech the newest part. */
  audio(pcm: Uint8Array): void {
    const speech = this.openSpeech();
    if (speech === undefined) return;
    speech.audio.push(pcm.slice());
    speech.bytes += pcm.byteLength;
    while (speech.bytes > MOST_SPEECH_BYTES) speech.bytes -= speech.audio.shift()?.byteLength ?? speech.bytes;
  }

  end(): void {
    const speech = this.openSpeech();
    if (speech !== undefined) speech.ended = true;
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
    return begun;
  }

  /** Of the lines that are given to the next connection as inputs, were it made now. */
  keys(now: number): Set<string> {
    this.inputs = this.inputs.filter((input) => now - input.at < STALE_MS || isOpen(input));
    return new Set(this.inputs.map(({ key }) => key));
  }

  forget(): void {
    this.underWay = false;
    this.inputs = [];
  }

  /** Gives a new connection what was lost. True when Gemini owes an answer to it. */
  replay(connection: InputSender): boolean {
    const underWay = this.openSpeech() !== undefined;
    this.inputs.forEach((input) => {
      input.given++;
      // While somebody speaks, an answer would be an interruption: they get it together with their own.
      if (input.kind === 'text') connection.sendText(input.text, { answer: !underWay });
      else replaySpeech(connection, input);
    });
    return this.inputs.some((input) => !isOpen(input));
  }

  private add(input: Input): void {
    this.inputs.push(input);
    if (this.inputs.length > MOST_INPUTS) this.inputs.shift();
  }

  private openSpeech() {
    return this.inputs.findLast((input) => input.kind === 'speech' && !input.ended) as
      Extract<Input, { kind: 'speech' }> | undefined;
  }
}

function isOpen(input: Input): boolean {
  return input.kind === 'speech' && !input.ended;
}

function replaySpeech(connection: InputSender, speech: Extract<Input, { kind: 'speech' }>): void {
  connection.sendText(speech.introduction, { answer: false });
  if (speech.marked) connection.sendActivityStart();
  for (const pcm of speech.audio) connection.sendAudio(pcm);
  if (!speech.ended) return;
  if (speech.marked) connection.sendActivityEnd();
  else connection.sendAudioStreamEnd();
}
