/** Bytes of the header that opens every binary message. */
export const MEDIA_HEADER_BYTES = 16;
const VERSION = 1;

export const MediaKind = { microphone: 1, camera: 2, screen: 3, voice: 4 } as const;
export type MediaKind = (typeof MediaKind)[keyof typeof MediaKind];

/** A receiver ignores codecs it does not know. PCM is signed 16-bit little-endian mono. */
export const MediaCodec = { none: 0, pcm16k: 1, pcm24k: 2, opus: 3, jpeg: 4, vp8: 5 } as const;
export type MediaCodec = (typeof MediaCodec)[keyof typeof MediaCodec];

export const MediaFlag = {
  /** First frame after a pause: the receiver may start its jitter delay anew. */
  start: 1,
  /** Nothing follows for now. */
  end: 2,
  /** Throw away what is queued of this source: what was being said has been interrupted. */
  flush: 4,
} as const;

/** The source number of Gemini's voice in every room; connections have numbers from 1. */
export const GEMINI_SOURCE = 0;

/**
 * The header of one binary message. Layout, little-endian: version u8, kind u8, codec u8, flags u8, source u32,
 * sequence u32, timestamp u32 (milliseconds on the sender's monotonic clock, wraps after 49 days).
 */
export interface MediaHeader {
  kind: MediaKind;
  codec: number;
  flags: number;
  source: number;
  sequence: number;
  timestamp: number;
}

const KINDS: ReadonlySet<number> = new Set(Object.values(MediaKind));

/** A new message of header and payload. The payload is copied. */
export function encodeMediaFrame(header: MediaHeader, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(MEDIA_HEADER_BYTES + payload.byteLength);
  const view = new DataView(frame.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, header.kind);
  view.setUint8(2, header.codec);
  view.setUint8(3, header.flags);
  view.setUint32(4, header.source, true);
  view.setUint32(8, header.sequence, true);
  view.setUint32(12, header.timestamp, true);
  frame.set(payload, MEDIA_HEADER_BYTES);
  return frame;
}

/** The kind of a message, or undefined when it is too short, of another version or of an unknown kind. Allocates nothing. */
export function mediaKind(frame: Uint8Array): MediaKind | undefined {
  if (frame.byteLength < MEDIA_HEADER_BYTES || frame[0] !== VERSION) return undefined;
  const kind = frame[1] as MediaKind;
  return KINDS.has(kind) ? kind : undefined;
}

/** The header of a message, or undefined when it has no {@link mediaKind}. */
export function decodeMediaHeader(frame: Uint8Array): MediaHeader | undefined {
  const kind = mediaKind(frame);
  if (kind === undefined) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, MEDIA_HEADER_BYTES);
  return {
    kind,
    codec: view.getUint8(2),
    flags: view.getUint8(3),
    source: view.getUint32(4, true),
    sequence: view.getUint32(8, true),
    timestamp: view.getUint32(12, true),
  };
}

/** A view on what follows the header; nothing is copied. */
export function mediaPayload<T extends ArrayBufferLike>(frame: Uint8Array<T>): Uint8Array<T> {
  return frame.subarray(MEDIA_HEADER_BYTES);
}

/** The flags in a message's header. Allocates nothing. */
export function mediaFlags(frame: Uint8Array): number {
  return frame[3] ?? 0;
}

/** The source number in a message's header. Allocates nothing. */
export function mediaSource(frame: Uint8Array): number {
  return (byte(frame, 4) | (byte(frame, 5) << 8) | (byte(frame, 6) << 16) | (byte(frame, 7) << 24)) >>> 0;
}

/** Overwrites the source number in place: a gateway stamps who really sent a frame. Allocates nothing. */
export function stampSource(frame: Uint8Array, source: number): void {
  frame[4] = source;
  frame[5] = source >>> 8;
  frame[6] = source >>> 16;
  frame[7] = source >>> 24;
}

function byte(frame: Uint8Array, index: number): number {
  return frame[index] ?? 0;
}
