import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { CLOSE, newId } from '@studio/contracts';
import type { ClientMessage, CloseName, Hello } from '@studio/contracts';
import { closeForRefusedEntry } from './admission.ts';
import { ClientRequests, SLOW_DOWN } from './client-requests.ts';
import type { ConnectionServices } from './connection-services.ts';
import { Heartbeat } from './heartbeat.ts';
import { Outbox } from './outbox.ts';
import { RateLimits } from './rate-limits.ts';
import { readMedia } from './read-media.ts';
import type { Sending } from './read-media.ts';
import { readText } from './read-text.ts';
import { RoomVisit } from './room-visit.ts';
import type { VisitHost } from './room-visit.ts';

/** After these the person is not in the room any more. */
const FOR_GOOD: ReadonlySet<CloseName> = new Set(['removed', 'roomClosed']);
/** The client does not listen: what waits for it will not arrive. */
const UNHEARD: ReadonlySet<CloseName> = new Set(['slow', 'noPong']);

/** One WebSocket of a client, from its opening to its end. */
export class Connection implements VisitHost {
  readonly id = newId();
  private state: 'new' | 'greeted' | 'closing' | 'over' = 'new';
  private visit: RoomVisit | undefined;
  private leaving = false;
  private readonly outbox: Outbox;
  private readonly rates = new RateLimits(performance.now());
  private readonly heartbeat: Heartbeat;
  private readonly helloTimeout: ReturnType<typeof setTimeout>;
  private readonly requests: ClientRequests;

  /** @param transport the TCP connection below the WebSocket */
  constructor(
    private readonly webSocket: WebSocket,
    transport: Socket,
    private readonly services: ConnectionServices,
  ) {
    const { timing, stats } = services;
    const onDrop = (frames: number): void => {
      stats.mediaDroppedSlow += frames;
    };
    this.outbox = new Outbox(webSocket, transport, onDrop, () => {
      this.close('slow');
    });
    this.requests = new ClientRequests({
      ...{ connectionId: this.id, outbox: this.outbox, services },
      visit: () => this.visit,
    });
    this.helloTimeout = setTimeout(() => {
      this.close('helloTimeout');
    }, timing.helloTimeoutMs);
    this.heartbeat = new Heartbeat(timing, {
      ping: this.beat,
      onUnheard: () => {
        this.inRoom((visit) => visit.away());
      },
      onHeardAgain: () => {
        this.rejoin();
      },
      onDead: () => {
        this.close('noPong');
      },
    });
    webSocket.on('message', (data: Buffer, isBinary: boolean) => {
      this.receive(data, isBinary);
    });
    webSocket.on('pong', () => {
      this.heartbeat.heard();
    });
    webSocket.on('close', (code: number) => {
      this.ended(code);
    });
    stats.connections++;
  }

  /** Where presence is to be told that this connection is alive, if it is in a room. */
  get place(): { roomId: string; connectionId: string } | undefined {
    return this.visit?.present === true
      ? { roomId: this.visit.person.roomId, connectionId: this.visit.connectionId }
      : undefined;
  }

  /** What it has been sent before arrives before, unless the client takes too long. */
  close(name: CloseName): void {
    if (this.state === 'closing' || this.state === 'over') return;
    this.state = 'closing';
    this.leaving ||= FOR_GOOD.has(name);
    this.visit?.stop();
    const { code, reason } = CLOSE[name];
    const end = (): void => {
      this.webSocket.close(code, reason);
    };
    if (UNHEARD.has(name)) end();
    else this.outbox.whenEmpty(end);
    // A dead or frozen client never answers the close.
    setTimeout(() => {
      this.webSocket.terminate();
    }, this.services.timing.closeTimeoutMs).unref();
  }

  /** Asks the client to move; what it has asked for is answered first, unless that takes long. */
  moveAway(): void {
    this.requests.end(() => {
      this.close('movingAway');
    });
  }

  /** Presence does not know any more that this connection is there, after an outage for example: it is told again. */
  rejoin(): void {
    this.inRoom(async (visit) => {
      try {
        await visit.rejoin();
        if (this.heartbeat.unheard) await visit.away();
      } catch (error) {
        this.close(closeForRefusedEntry(error));
      }
    });
  }

  /** Does something in turn, unless the connection is not in a room by then. */
  private inRoom(step: (visit: RoomVisit) => Promise<void>): void {
    const { visit } = this;
    if (visit)
      this.requests.enqueue(async () => {
        if (visit.present) await step(visit);
      });
  }

  private receive(data: Buffer, isBinary: boolean): void {
    if (this.state === 'closing' || this.state === 'over') return;
    this.heartbeat.heard();
    if (isBinary) this.receiveMedia(data);
    else this.receiveText(data);
  }

  private receiveMedia(frame: Buffer): void {
    const sending = readMedia(frame);
    if (sending === 'frameTooLarge') this.close(sending);
    else if (this.state === 'new') this.close('helloExpected');
    else if (typeof sending === 'string') this.close(sending);
    else this.forward(frame, sending);
  }

  private forward(frame: Buffer, sending: Sending): void {
    const { visit, services } = this;
    const checked = this.rates.check(sending.rate, performance.now());
    if (checked === 'pass') {
      if (!visit) return;
      services.stats.mediaReceived++;
      const judged = visit.judge(sending);
      if (judged === 'pass') visit.publish(frame, sending.kind);
      else if (judged === 'close') this.close('notAllowed');
    } else {
      services.stats.mediaRefused++;
      if (checked === 'abuse') this.close('tooManyMessages');
    }
  }

  private receiveText(frame: Buffer): void {
    const read = readText(frame);
    if ('close' in read) {
      this.close(read.close);
      return;
    }
    if (this.state === 'new') {
      if ('message' in read && read.message.type === 'hello') this.greet(read.message);
      else this.close('helloExpected');
      return;
    }
    const id = 'message' in read ? idOf(read.message) : read.refuse.id;
    const rate = this.rates.check('control', performance.now());
    if (id === undefined) this.close('malformedFrame');
    else if (rate === 'abuse') this.close('tooManyMessages');
    else if (rate === 'refuse') this.requests.refuse(id, SLOW_DOWN);
    else if ('refuse' in read) this.requests.refuse(id, read.refuse);
    else if (read.message.type === 'leave') this.leave();
    else if (read.message.type !== 'hello') this.requests.take(read.message);
  }

  private greet(hello: Hello): void {
    this.state = 'greeted';
    clearTimeout(this.helloTimeout);
    this.requests.beginAfter(this.enter(hello));
  }

  private async enter(hello: Hello): Promise<void> {
    const { tickets, logger } = this.services;
    try {
      const admission = await tickets.redeem(hello.ticket);
      if (typeof admission === 'string') {
        this.close(admission);
        return;
      }
      if (this.state !== 'greeted') return;
      this.visit = new RoomVisit(this.id, admission, this.outbox, this, this.services);
      await this.visit.enter(hello.since);
    } catch (error) {
      const close = closeForRefusedEntry(error);
      if (close === 'unavailable') logger.warn({ err: error, connectionId: this.id }, 'an entry failed');
      this.close(close);
    }
  }

  /** After what the client has asked for before. */
  private leave(): void {
    this.leaving = true;
    this.enqueue(() => {
      this.close('left');
    });
  }

  enqueue(step: () => Promise<void> | void): void {
    this.requests.enqueue(step);
  }

  private readonly beat = (): void => {
    if (this.visit?.present === true) this.outbox.send({ type: 'heartbeat', seq: this.visit.lastSeq });
    this.webSocket.ping();
  };

  private ended(code: number): void {
    if (this.state === 'over') return;
    this.state = 'over';
    clearTimeout(this.helloTimeout);
    this.heartbeat.stop();
    this.visit?.stop();
    const { registry, stats, logger } = this.services;
    stats.connections--;
    stats.closed(code);
    registry.remove(this, this.depart());
    logger.debug({ connectionId: this.id, code }, 'connection ended');
  }

  private async depart(): Promise<void> {
    await this.requests.done();
    this.visit?.stop();
    await this.visit?.leave(this.leaving ? 'left' : 'lost');
  }
}

function idOf(message: ClientMessage): number | undefined {
  return message.type === 'hello' ? undefined : message.id;
}
