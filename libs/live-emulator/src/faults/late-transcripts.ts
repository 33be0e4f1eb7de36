import type { ServerMessage } from '../output/server-message.ts';

/**
 * Sends transcriptions later than the voice that they are of, as the service may: each waits until another one
 * comes, so that what was heard arrives within the answer, and the last words of the answer after its end.
 */
export class LateTranscripts {
  readonly #strikes: () => boolean;
  /** Null until the turn's first transcription. */
  #late: boolean | null = null;
  #held: ServerMessage[] = [];

  /** @param strikes asked once a turn whether its transcriptions are to be late */
  constructor(strikes: () => boolean) {
    this.#strikes = strikes;
  }

  /** What is to be sent in the place of a message. */
  reorder(message: ServerMessage): ServerMessage[] {
    const { transcriptions, rest } = split(message);
    if (transcriptions.length > 0) this.#late ??= this.#strikes();
    const ends = message.serverContent?.turnComplete === true;
    const sent = this.#late === true ? [...rest, ...this.#exchange(transcriptions, ends)] : [message];
    if (ends) this.#late = null;
    return sent;
  }

  /** Takes what is new and gives what has waited long enough. */
  #exchange(transcriptions: readonly ServerMessage[], all: boolean): ServerMessage[] {
    this.#held.push(...transcriptions);
    return this.#held.splice(0, all ? this.#held.length : Math.max(0, this.#held.length - 1));
  }
}

/** The transcriptions of a message, each as a message of its own, and what else is in it. */
function split(message: ServerMessage): { transcriptions: ServerMessage[]; rest: ServerMessage[] } {
  const { serverContent, ...others } = message;
  const { inputTranscription, outputTranscription, ...content } = serverContent ?? {};
  const transcriptions: ServerMessage[] = [
    ...(inputTranscription ? [{ serverContent: { inputTranscription } }] : []),
    ...(outputTranscription ? [{ serverContent: { outputTranscription } }] : []),
  ];
  const left = { ...others, ...(Object.keys(content).length > 0 ? { serverContent: content } : {}) };
  return { transcriptions, rest: Object.keys(left).length > 0 ? [left] : [] };
}
