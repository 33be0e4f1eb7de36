import type { ServerMessage } from '../output/server-message.ts';
import type { Moment } from './fault.ts';

/** Tells, message by message that leaves a connection, which moments they are. */
export class TurnWatch {
  readonly #resumed: () => boolean;
  #inTurn = false;

  /** @param resumed whether the connection goes on with an earlier session */
  constructor(resumed: () => boolean) {
    this.#resumed = resumed;
  }

  after(message: ServerMessage): Moment[] {
    const moments: Moment[] = [];
    if (message.setupComplete && this.#resumed()) moments.push('resumed');
    const content = message.serverContent;
    const speaks = content?.modelTurn ?? content?.outputTranscription ?? content?.generationComplete;
    if (!this.#inTurn && (speaks ?? content?.turnComplete)) {
      this.#inTurn = true;
      moments.push('turn');
    }
    if (content?.turnComplete) this.#inTurn = false;
    return moments;
  }
}
