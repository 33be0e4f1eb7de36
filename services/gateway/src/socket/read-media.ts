import { LIMITS, MediaKind, mediaKind } from '@studio/contracts';
import type { CloseName, Permission } from '@studio/contracts';
import type { RateKind } from './rate-limits.ts';

/** What a kind of media that people send needs. */
export interface Sending {
  readonly kind: MediaKind;
  readonly permission: Permission;
  readonly rate: RateKind;
}

/** By kind; voice is not there, it is Gemini's. */
const SENDING: readonly (Sending | undefined)[] = (() => {
  const table: (Sending | undefined)[] = [];
  table[MediaKind.microphone] = {
    kind: MediaKind.microphone,
    permission: 'microphone.send',
    rate: 'audio',
  };
  table[MediaKind.camera] = { kind: MediaKind.camera, permission: 'camera.send', rate: 'picture' };
  table[MediaKind.screen] = { kind: MediaKind.screen, permission: 'screen.send', rate: 'picture' };
  return table;
})();

/** What a client's binary frame needs to be let through, or why the connection is closed. Allocates nothing. */
export function readMedia(frame: Uint8Array): Sending | CloseName {
  if (frame.byteLength > LIMITS.binaryFrameBytes) return 'frameTooLarge';
  const kind = mediaKind(frame);
  return (kind === undefined ? undefined : SENDING[kind]) ?? 'malformedFrame';
}
