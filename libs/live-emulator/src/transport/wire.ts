import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import { Outlet } from '../faults/outlet.ts';
import { closeReason } from './close-reason.ts';

/** A client that lets this much pile up is cut off, in bytes. */
const MAX_BUFFERED = 32 * 1024 * 1024;

/** How the service speaks WebSocket. */
export interface WireManners {
  /** Its frames are marked as text, in the place of binary. */
  readonly textFrames: boolean;
  /** How often it sends a ping, in emulated milliseconds; null: never. */
  readonly pingIntervalMs: number | null;
}

/** A WebSocket that can be late, held, deaf and cut. */
export class Wire {
  readonly #socket: WebSocket;
  readonly #tcp: Socket;
  readonly #manners: WireManners;
  readonly #clock: Clock;
  readonly #outlet: Outlet;
  readonly #deafTo = new Set<string>();

  constructor(socket: WebSocket, tcp: Socket, manners: WireManners, clock: Clock) {
    this.#socket = socket;
    this.#tcp = tcp;
    this.#manners = manners;
    this.#clock = clock;
    this.#outlet = new Outlet(clock);
    this.#pingInTime();
    socket.on('close', () => this.#outlet.discard());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Nothing that the client sends is read. */
  get isDeaf(): boolean {
    return this.#deafTo.size > 0;
  }

  /** Sends a frame behind those before it, at the earliest after the delay; `sent` is called when it leaves. */
  send(frame: Buffer, delayMs: number, sent: () => void): void {
    if (!this.isOpen) return;
    this.#outlet.push(frame.length, delayMs, () => {
      if (!this.isOpen) return;
      this.#socket.send(frame, { binary: !this.#manners.textFrames });
      sent();
    });
    if (this.#socket.bufferedAmount + this.#outlet.waitingBytes > MAX_BUFFERED) this.#socket.terminate();
  }

  /** Sends nothing any more, and with `deaf` reads nothing either, until the same holder lifts it. */
  hold(holder: string, deaf: boolean): void {
    this.#outlet.hold(holder);
    if (!deaf) return;
    this.#deafTo.add(holder);
    this.#socket.pause();
  }

  lift(holder: string): void {
    if (this.#deafTo.delete(holder) && this.#deafTo.size === 0) this.#socket.resume();
    this.#outlet.lift(holder);
  }

  /** Resets the TCP connection. */
  drop(): void {
    this.#tcp.resetAndDestroy();
  }

  /** Where it neither reads nor writes, it can only be cut off; where it is held, it can still be closed. */
  close(code: number, reason: string): void {
    if (this.isDeaf) {
      this.drop();
      return;
    }
    const close = () => this.#socket.close(code, closeReason(reason));
    if (this.#outlet.isHeld) {
      this.#outlet.discard();
      close();
    } else this.#outlet.push(0, 0, close);
  }

  #pingInTime(): void {
    const { pingIntervalMs } = this.#manners;
    if (pingIntervalMs === null) return;
    this.#clock.after(pingIntervalMs, () => {
      if (!this.isOpen) return;
      if (!this.isDeaf) this.#socket.ping();
      this.#pingInTime();
    });
  }
}
