import { LIMITS, MediaKind } from '@studio/contracts';

/** A frame of 20 ms at 16 kHz with its header, bytes. */
const AUDIO_FRAME_BYTES = 656;
/**
 * Speech follows one picture and what is said within 3 s, bytes: Gemini hears what comes late as well as ever, but nobody wants to hear
 * more than that of the past.
 */
const MOST_BEFORE_AUDIO = LIMITS.binaryFrameBytes + 150 * AUDIO_FRAME_BYTES;
/** A picture is sent when the network has taken almost everything before it, bytes: speech is not to wait for a queue of them. */
const MOST_BEFORE_PICTURE = 16 * 1024;

/** Whether a media frame is still worth sending behind so many bytes that wait for the network. */
export function mayFollow(kind: MediaKind, waitingBytes: number): boolean {
  return waitingBytes <= (kind === MediaKind.microphone ? MOST_BEFORE_AUDIO : MOST_BEFORE_PICTURE);
}
