import { LIMITS, StudioError } from '@studio/contracts';
import type { ClientRequest, ErrorBody } from '@studio/contracts';
import type { ConnectionServices } from './connection-services.ts';
import type { Outbox } from './outbox.ts';
import type { RoomRequest } from './room-requests.ts';
import type { RoomVisit } from './room-visit.ts';

export const SLOW_DOWN: ErrorBody = { code: 'rate_limited', message: 'Slow down, please.' };
/** Requests of one connection that may wait for their turn: as many as may come at once. */
const MOST_WAITING = LIMITS.controlBurst;

/** What is about this very moment. */
const IMMEDIATE: ReadonlySet<ClientRequest['type']> = new Set(['interrupt', 'ask', 'floor']);

export interface ClientRequestsParts {
  /** Names the connection in the log. */
  readonly connectionId: string;
  readonly outbox: Outbox;
  readonly services: Pick<ConnectionServices, 'requests' | 'logger' | 'timing'>;
  /** Where the client is; undefined before its hello was accepted. */
  visit(): RoomVisit | undefined;
}

/**
 * What one client asks for. It is done one after the other, so that its lines keep their order, but for what is about this very moment, and
 * each is answered once.
 */
export class ClientRequests {
  private entered: Promise<void> = Promise.resolve();
  /** Never rejects. */
  private work: Promise<void> = Promise.resolve();
  private waiting = 0;
  /** Requests that are being done. */
  private underWay = 0;
  private onAnswered: (() => void) | undefined;
  private ending = false;

  constructor(private readonly parts: ClientRequestsParts) {}

  /** Nothing is done before the client has entered. `entry` never rejects. */
  beginAfter(entry: Promise<void>): void {
    this.entered = entry;
    this.work = entry;
  }

  take(request: RoomRequest): void {
    // What is about this moment must not wait for lines that are being written.
    if (IMMEDIATE.has(request.type)) void this.entered.then(() => this.answer(request));
    else if (this.waiting >= MOST_WAITING) this.refuse(request.id, SLOW_DOWN);
    else this.enqueue(() => this.answer(request));
  }

  refuse(id: number, { code, message }: ErrorBody): void {
    this.parts.outbox.send({ type: 'error', id, code, message });
  }

  /** Does something of ours in turn; `step` never rejects. */
  enqueue(step: () => Promise<void> | void): void {
    this.waiting++;
    this.work = this.work.then(step).then(() => {
      this.waiting--;
    });
  }

  /**
   * Begins no request any more: the client makes it again where it moves to, and here it would hold up the end of the process. Calls back
   * when those that are being done have been answered, unless that takes long.
   */
  end(onAnswered: () => void): void {
    if (this.ending) return;
    this.ending = true;
    const go = (): void => {
      clearTimeout(deadline);
      onAnswered();
    };
    const deadline = setTimeout(go, this.parts.services.timing.answerTimeoutMs);
    this.onAnswered = go;
    if (this.underWay === 0) go();
  }

  /** Resolves when nothing is being done any more. */
  done(): Promise<void> {
    return this.work;
  }

  private async answer(request: RoomRequest): Promise<void> {
    const { outbox, services, connectionId } = this.parts;
    const { id } = request;
    const visit = this.parts.visit();
    // Also when the entry was refused: what came right behind the hello waited for it.
    if (visit?.admitted !== true || this.ending) return;
    this.underWay++;
    try {
      const seq = await services.requests.run(request, visit);
      outbox.send(seq === undefined ? { type: 'ack', id } : { type: 'ack', id, seq });
    } catch (thrown) {
      const error = StudioError.from(thrown);
      if (error.code === 'internal')
        services.logger.error({ err: error.cause ?? error, connectionId }, 'a request failed');
      this.refuse(id, error.toBody());
    }
    if (--this.underWay === 0) this.onAnswered?.();
  }
}
