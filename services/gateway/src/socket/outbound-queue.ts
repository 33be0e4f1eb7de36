import { LIMITS, MediaFlag, MediaKind, mediaFlags, mediaSource } from '@studio/contracts';

/** Where messages leave; a socket, or a stand-in. */
export interface Sink {
  /** Whether what is written now would only wait; the sink tells when that is over. */
  readonly full: boolean;
  /** Bytes that were written and have not left yet. */
  readonly bufferedAmount: number;
  write(data: Buffer, binary: boolean): void;
}

interface Waiting {
  readonly data: Buffer;
  readonly binary: boolean;
  /** Undefined for what is never dropped. */
  readonly kind: MediaKind | undefined;
  readonly at: number;
}

/**
 * The messages that wait for one connection, in order. While the connection keeps up nothing waits and nothing is allocated. When
 * it is slow, its own stale pictures and microphone audio go first, then, only for want of room, Gemini's voice, and never an event.
 */
export class OutboundQueue {
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private onEmpty: (() => void) | undefined;

  /** @param onDrop told of media frames that were dropped because the connection is slow */
  constructor(
    private readonly sink: Sink,
    private readonly onDrop: (frames: number) => void,
    private readonly limitBytes: number = LIMITS.queueBytes,
    private readonly staleMs: number = LIMITS.staleMediaMs,
  ) {}

  /** Sends or keeps what must arrive. False: there is no room for it, the connection must be closed as slow. */
  send(data: Buffer, binary: boolean, now: number): boolean {
    if (this.passes()) {
      this.sink.write(data, binary);
      return true;
    }
    this.makeRoom(data.byteLength, now);
    if (!this.fits(data.byteLength)) return false;
    this.keep({ data, binary, kind: undefined, at: now });
    return true;
  }

  /** Sends, keeps or drops a media frame. */
  sendMedia(frame: Buffer, kind: MediaKind, now: number): void {
    if (this.passes()) {
      this.sink.write(frame, true);
      return;
    }
    if (kind === MediaKind.voice && (mediaFlags(frame) & MediaFlag.flush) !== 0) this.dropVoiceOf(frame);
    this.makeRoom(frame.byteLength, now);
    if (this.fits(frame.byteLength)) this.keep({ data: frame, binary: true, kind, at: now });
    else this.onDrop(1);
  }

  /** The sink has room again. */
  drained(now: number): void {
    if (this.waiting.length === 0) return;
    this.dropStale(now);
    let sent = 0;
    for (; sent < this.waiting.length && !this.sink.full; sent++) {
      const { data, binary } = this.waiting[sent] as Waiting;
      this.waitingBytes -= data.byteLength;
      this.sink.write(data, binary);
    }
    this.waiting = this.waiting.slice(sent);
    if (this.waiting.length === 0) this.onEmpty?.();
  }

  /** Calls back as soon as nothing waits any more. */
  whenEmpty(callback: () => void): void {
    if (this.waiting.length === 0) callback();
    else this.onEmpty = callback;
  }

  private passes(): boolean {
    return this.waiting.length === 0 && !this.sink.full;
  }

  private fits(bytes: number): boolean {
    return this.sink.bufferedAmount + this.waitingBytes + bytes <= this.limitBytes;
  }

  private keep(message: Waiting): void {
    this.waiting.push(message);
    this.waitingBytes += message.data.byteLength;
  }

  /** Drops stale media always, and what may be dropped at all, oldest first, for as long as there is no room for `bytes`. */
  private makeRoom(bytes: number, now: number): void {
    this.dropStale(now);
    if (this.fits(bytes)) return;
    this.dropWhere(({ kind }) => isPeoplesMedia(kind) && !this.fits(bytes));
    this.dropWhere(({ kind }) => kind === MediaKind.voice && !this.fits(bytes));
  }

  private dropStale(now: number): void {
    const oldest = now - this.staleMs;
    this.dropWhere(({ kind, at }) => isPeoplesMedia(kind) && at < oldest);
  }

  private dropVoiceOf(flush: Buffer): void {
    const source = mediaSource(flush);
    this.dropWhere(({ kind, data }) => kind === MediaKind.voice && mediaSource(data) === source);
  }

  private dropWhere(condition: (message: Waiting) => boolean): void {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((message) => {
      if (!condition(message)) return true;
      this.waitingBytes -= message.data.byteLength;
      return false;
    });
    if (this.waiting.length < before) this.onDrop(before - this.waiting.length);
  }
}

function isPeoplesMedia(kind: MediaKind | undefined): boolean {
  return kind !== undefined && kind !== MediaKind.voice;
}
