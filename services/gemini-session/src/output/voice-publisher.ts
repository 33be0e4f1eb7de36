import {
  GEMINI_SOURCE,
  MediaCodec,
  MediaFlag,
  MediaKind,
  SUBJECT,
  encodeMediaFrame,
} from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import type { MessageBus } from '@studio/bus';

export const VOICE_RATE = 24_000;
/** One second: well below what one message may hold on any bus. */
const MOST_BYTES = VOICE_RATE * 2;
const NO_AUDIO = new Uint8Array(0);

/** Gemini's voice as media frames for everybody in the room, as fast as it comes. */
export class VoicePublisher {
  private readonly bus: MessageBus;
  private readonly subject: string;
  private sequence = 0;
  private closed = false;

  constructor(bus: MessageBus, roomId: RoomId) {
    this.bus = bus;
    this.subject = SUBJECT.media(roomId, MediaKind.voice);
  }

  /** PCM of 24 kHz; `first`: of a turn. */
  audio(pcm: Uint8Array, first: boolean): void {
    for (let at = 0; at < pcm.byteLength; at += MOST_BYTES)
      this.publish(
        MediaCodec.pcm24k,
        first && at === 0 ? MediaFlag.start : 0,
        pcm.subarray(at, at + MOST_BYTES),
      );
  }

  /** Nothing follows in this turn. */
  end(): void {
    this.publish(MediaCodec.none, MediaFlag.end, NO_AUDIO);
  }

  /** What listeners have not played yet is not to be heard. */
  flush(): void {
    this.publish(MediaCodec.none, MediaFlag.flush, NO_AUDIO);
  }

  /** Nothing is heard any more: somebody else speaks for the room. */
  close(): void {
    this.closed = true;
  }

  private publish(codec: number, flags: number, payload: Uint8Array): void {
    if (this.closed) return;
    const header = {
      kind: MediaKind.voice,
      codec,
      flags,
      source: GEMINI_SOURCE,
      sequence: this.sequence,
      timestamp: Math.floor(performance.now()) >>> 0,
    };
    this.sequence = (this.sequence + 1) >>> 0;
    this.bus.publish(this.subject, encodeMediaFrame(header, payload));
  }
}
