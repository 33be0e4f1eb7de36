import type { ServerMessage } from '../output/server-message.ts';
import type { Moment } from './fault.ts';

/** Tells, message by message that leaves a connection, which moments they are. */
export class TurnWatch {
  #inTurn = false;

  /** @param resumed whether the connection goes on with an earlier session */
  after(message: ServerMessage, resumed: boolean): Moment[] {
    const moments: Moment[] = [];
    if (message.setupComplete && resumed) moments.push('resumed');
    const content = message.serverContent;
    const speaks = content?.modelTurn ?? content?.outputTranscription ?? message.toolCall;
    const ends = content?.turnComplete === true;
    if (!this.#inTurn && (speaks || ends)) {
      this.#inTurn = true;
      moments.push('turn');
    }
    if (content?.groundingMetadata) moments.push('search');
    if (message.toolCall) moments.push('tool-call');
    if (ends) this.#inTurn = false;
    return moments;
  }
}
