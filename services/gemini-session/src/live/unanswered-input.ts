import type { LiveConnection } from './live-connection.ts';

/** Longest part of one speech that is kept for another connection, bytes of 16 kHz PCM: 15 s. */
const MOST_SPEECH_BYTES = 15 * 32_000;
const MOST_INPUTS = 10;
/** Nobody expects an answer to something older. */
const STALE_MS = 60_000;

type Input =
  | { kind: 'text'; text: string; seq: number; at: number }
  | { kind: 'speech'; introduction: string; audio: Uint8Array[]; bytes: number; ended: boolean; at: number };

export type InputSender = Pick<
  LiveConnection,
  'sendText' | 'sendActivityStart' | 'sendAudio' | 'sendActivityEnd'
>;

/**
 * What people said and Gemini has not begun to answer: a connection that is lost takes it away, so the next one is given it again. Holds
 * the microphone audio while there is no connection.
 */
export class UnansweredInput {
  private inputs: Input[] = [];

  /** `seq`: of the event that the text is of. */
  text(text: string, seq: number, now: number): void {
    this.add({ kind: 'text', text, seq, at: now });
  }

  /** `introduction` tells who speaks. */
  start(introduction: string, now: number): void {
    this.add({ kind: 'speech', introduction, audio: [], bytes: 0, ended: false, at: now });
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

  /** Gemini answers: everything but what is just being said has arrived. */
  answered(): void {
    this.inputs = this.inputs.filter((input) => input.kind === 'speech' && !input.ended);
  }

  /** Events that are given to the next connection as inputs. */
  sequences(): Set<number> {
    return new Set(this.inputs.flatMap((input) => (input.kind === 'text' ? input.seq : [])));
  }

  forget(): void {
    this.inputs = [];
  }

  /** Gives a new connection what was lost. True when Gemini owes an answer to it. */
  replay(connection: InputSender, now: number): boolean {
    this.inputs = this.inputs.filter((input) => now - input.at < STALE_MS || isOpen(input));
    const underWay = this.openSpeech() !== undefined;
    this.inputs.forEach((input) => {
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
  connection.sendActivityStart();
  for (const pcm of speech.audio) connection.sendAudio(pcm);
  if (speech.ended) connection.sendActivityEnd();
}
