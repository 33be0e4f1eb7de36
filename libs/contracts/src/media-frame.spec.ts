import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeMediaHeader,
  encodeMediaFrame,
  mediaFlags,
  MEDIA_HEADER_BYTES,
  mediaKind,
  MediaKind,
  mediaPayload,
  mediaSource,
  stampSource,
} from './media-frame.ts';

const uint32 = fc.integer({ min: 0, max: 0xffffffff });
const header = fc.record({
  kind: fc.constantFrom(...Object.values(MediaKind)),
  codec: fc.integer({ min: 0, max: 255 }),
  flags: fc.integer({ min: 0, max: 255 }),
  source: uint32,
  sequence: uint32,
  timestamp: uint32,
});

describe('a media frame', () => {
  it('comes back as it was encoded, also from the middle of a larger buffer', () => {
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 2_000 }), fc.nat(7), (given, payload, offset) => {
        const frame = encodeMediaFrame(given, payload);
        const around = new Uint8Array(offset + frame.byteLength);
        around.set(frame, offset);
        const view = around.subarray(offset);
        expect(decodeMediaHeader(view)).toEqual(given);
        expect(mediaPayload(view)).toEqual(payload);
      }),
    );
  });

  it('changes nothing but the source when it is stamped', () => {
    fc.assert(
      fc.property(header, fc.uint8Array(), uint32, (given, payload, source) => {
        const frame = encodeMediaFrame(given, payload);
        stampSource(frame, source);
        expect(decodeMediaHeader(frame)).toEqual({ ...given, source });
        expect([mediaKind(frame), mediaFlags(frame), mediaSource(frame)]).toEqual([
          given.kind,
          given.flags,
          source,
        ]);
        expect(mediaPayload(frame)).toEqual(payload);
      }),
    );
  });

  it('is refused when it is too short, of another version or of an unknown kind, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const decoded = decodeMediaHeader(bytes);
        const valid =
          bytes.length >= MEDIA_HEADER_BYTES && bytes[0] === 1 && bytes[1]! >= 1 && bytes[1]! <= 4;
        expect(decoded !== undefined).toBe(valid);
      }),
    );
  });
});
