import { every } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Meeting, Person } from './meeting.ts';
import { frames, silence } from './synthetic-speech.ts';

const FRAME_MS = 20;
const SILENT_FRAME = silence(FRAME_MS / 1000);

/** A microphone that is open all the time: what its person says, and the silence of the room otherwise. */
export class OpenMicrophone {
  /** Sends nothing any more. */
  readonly close: () => void;
  private queue: Uint8Array[] = [];

  constructor(clock: Clock, meeting: Meeting, person: Person) {
    this.close = every(clock, FRAME_MS, () => meeting.say(person, this.queue.shift() ?? SILENT_FRAME));
  }

  /** Nothing is left to be said. */
  get silent(): boolean {
    return this.queue.length === 0;
  }

  /** Says it after what is being said. */
  say(pcm: Uint8Array): void {
    this.queue.push(...frames(pcm, FRAME_MS));
  }
}
