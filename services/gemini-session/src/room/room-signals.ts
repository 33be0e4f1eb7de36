import { SUBJECT } from '@studio/contracts';
import type { LiveStatus, ParticipantId, RoomId, Signal } from '@studio/contracts';
import { encodeJson } from '@studio/bus';
import type { MessageBus } from '@studio/bus';

/** Text grows a few words at a time; people read it just as well ten times per second. */
const TRANSCRIPT_MS = 100;
/** The bus may lose a status, in an outage for example: it is told again this often. */
const REPEAT_STATUS_MS = 5_000;

/** What everybody in a room is told now and that is not kept. */
export class RoomSignals {
  private readonly bus: MessageBus;
  private readonly subject: string;
  private readonly waiting = new Map<string, Signal>();
  private timer: NodeJS.Timeout | undefined;
  private lastStatus = '';
  private lastStatusAt = 0;
  private closed = false;

  constructor(bus: MessageBus, roomId: RoomId) {
    this.bus = bus;
    this.subject = SUBJECT.signal(roomId);
  }

  /** A turn's text so far: the first at once, then the newest of each 100 ms. */
  transcript(key: string, participantId: ParticipantId, text: string): void {
    const signal: Signal = { type: 'transcript', key, participantId, text };
    if (this.timer !== undefined || this.closed) {
      this.waiting.set(key, signal);
      return;
    }
    this.send(signal);
    this.timer = setTimeout(() => this.sendWaiting(), TRANSCRIPT_MS);
  }

  /** The turn is over: no transcript of it follows. */
  forgetTranscript(key: string): void {
    this.waiting.delete(key);
  }

  dropped(key: string): void {
    this.forgetTranscript(key);
    this.send({ type: 'transcript.dropped', key });
  }

  tool(key: string, name: string, state: 'running' | 'ended'): void {
    this.send({ type: 'tool', key, name, state });
  }

  /** To be called often: tells a status that differs from the one before, and each one again now and then. */
  status(status: LiveStatus): void {
    const text = JSON.stringify(status);
    const now = performance.now();
    if (text === this.lastStatus && now - this.lastStatusAt < REPEAT_STATUS_MS) return;
    this.lastStatus = text;
    this.lastStatusAt = now;
    this.send({ type: 'live', status });
  }

  /** Nothing is told any more: somebody else speaks for the room. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private sendWaiting(): void {
    this.timer = undefined;
    if (this.waiting.size === 0) return;
    for (const signal of this.waiting.values()) this.send(signal);
    this.waiting.clear();
    this.timer = setTimeout(() => this.sendWaiting(), TRANSCRIPT_MS);
  }

  private send(signal: Signal): void {
    if (!this.closed) this.bus.publish(this.subject, encodeJson(signal));
  }
}
