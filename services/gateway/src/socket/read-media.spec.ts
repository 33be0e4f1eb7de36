import { describe, expect, it } from 'vitest';
import { LIMITS, MediaKind, encodeMediaFrame } from '@studio/contracts';
import { readMedia } from './read-media.ts';

function frame(kind: MediaKind, payload = 10): Uint8Array {
  return encodeMediaFrame(
    { kind, codec: 1, flags: 0, source: 0, sequence: 0, timestamp: 0 },
    new Uint8Array(payload),
  );
}

describe('readMedia', () => {
  it('knows what each kind that people send needs', () => {
    expect(readMedia(frame(MediaKind.microphone))).toMatchObject({
      permission: 'microphone.send',
      rate: 'audio',
    });
    expect(readMedia(frame(MediaKind.camera))).toMatchObject({ permission: 'camera.send', rate: 'picture' });
    expect(readMedia(frame(MediaKind.screen))).toMatchObject({ permission: 'screen.send', rate: 'picture' });
  });

  it('does not take the voice of Gemini from a client', () => {
    expect(readMedia(frame(MediaKind.voice))).toBe('malformedFrame');
  });

  it('refuses what has no valid header', () => {
    expect(readMedia(new Uint8Array())).toBe('malformedFrame');
    expect(readMedia(new Uint8Array(40))).toBe('malformedFrame');
    expect(readMedia(frame(MediaKind.camera).subarray(0, 15))).toBe('malformedFrame');
  });

  it('refuses what is larger than 256 KiB', () => {
    expect(readMedia(frame(MediaKind.camera, LIMITS.binaryFrameBytes - 16))).toMatchObject({ kind: 2 });
    expect(readMedia(frame(MediaKind.camera, LIMITS.binaryFrameBytes - 15))).toBe('frameTooLarge');
  });
});
