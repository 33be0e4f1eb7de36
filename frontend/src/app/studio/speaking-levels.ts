import { Service, computed, inject } from '@angular/core';
import { GEMINI_ID, GEMINI_SOURCE } from '@studio/contracts';
import { Microphone } from '../media/microphone.ts';
import { Speaker } from '../media/speaker.ts';
import { RoomMedia } from './room-media.ts';
import { RoomStore } from './room-store.ts';

/** From this root mean square on somebody counts as speaking: about -40 dB, above the noise of a quiet room. */
const SPEAKING = 0.01;

/** Who is heard now, and how loud. */
@Service({ autoProvided: false })
export class SpeakingLevels {
  readonly #store = inject(RoomStore);
  readonly #media = inject(RoomMedia);
  readonly #speaker = inject(Speaker);
  readonly #microphone = inject(Microphone);

  /** By participant id: root mean square from 0 to 1. */
  readonly #levels = computed(() => {
    const bySource = this.#speaker.levels();
    const levels = new Map<string, number>([[GEMINI_ID, bySource.get(GEMINI_SOURCE) ?? 0]]);
    for (const { id, sources } of this.#store.participants()) {
      levels.set(id, Math.max(0, ...sources.map((source) => bySource.get(source) ?? 0)));
    }
    const selfId = this.#store.selfId();
    if (selfId !== undefined && this.#media.sending().microphone)
      levels.set(selfId, this.#microphone.level());
    return levels;
  });

  of(participantId: string): number {
    return this.#levels().get(participantId) ?? 0;
  }

  speaking(participantId: string): boolean {
    return this.of(participantId) >= SPEAKING;
  }
}
