import { isDeepStrictEqual } from 'node:util';
import type {
  Actor,
  FloorAction,
  FloorStatus,
  LiveSettings,
  MediaKind,
  ParticipantId,
} from '@studio/contracts';
import { createFloor, voiceOptions } from '../floor/create-floor.ts';
import type { Floor, FloorOutput, Speaker } from '../floor/floor.ts';
import { floorMove } from '../floor/floor-move.ts';
import type { Grants } from '../floor/grants.ts';
import { PictureChooser } from '../pictures/picture-chooser.ts';
import type { People } from './people.ts';

/** What of the room's microphones and pictures is for Gemini. */
export interface ListeningSink {
  startSpeech(actor: Actor): void;
  /** PCM, 16-bit little-endian mono, 16 kHz; to be used at once. */
  audio(pcm: Uint8Array): void;
  /** `speakers`: everybody who spoke, where that may be several. */
  endSpeech(speakers: readonly Actor[]): void;
  /** The stream of a mix stops for now. */
  pause(): void;
  /** Whether a picture can be shown now. */
  sees(): boolean;
  picture(jpeg: Uint8Array): void;
}

export interface ListeningParts {
  grants: Grants;
  people: People;
  sink: ListeningSink;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
}

/** The room's microphones, cameras and screens: the floor policy decides what of them Gemini hears and sees. */
export class Listening {
  private readonly parts: ListeningParts;
  private readonly pictures = new PictureChooser();
  private settings: Pick<LiveSettings, 'floor' | 'voiceActivity'>;
  private floor: Floor;

  constructor(settings: LiveSettings, parts: ListeningParts) {
    this.parts = parts;
    this.settings = settings;
    this.floor = createFloor(settings.floor, settings.voiceActivity, parts.grants);
  }

  /** Whether somebody is heard. */
  get speaking(): boolean {
    return this.floor.speaking;
  }

  /** How often `tick` is to be called, milliseconds. */
  get tickMs(): number {
    return this.floor.tickMs;
  }

  get status(): FloorStatus {
    return this.floor.status();
  }

  /** Another floor policy ends what is being said; other ears are for what is said next. */
  apply({ floor, voiceActivity }: LiveSettings): void {
    const before = this.settings;
    this.settings = { floor, voiceActivity };
    if (floor === before.floor) {
      if (!isDeepStrictEqual(voiceActivity, before.voiceActivity))
        this.floor.tune(voiceOptions(voiceActivity));
      return;
    }
    this.perform(this.floor.close());
    this.floor = createFloor(floor, voiceActivity, this.parts.grants);
  }

  /**
   * A frame of a microphone, PCM of 16 kHz; `last`: nothing follows for now. False when it is not known who is behind the source: then it
   * is not heard.
   */
  hear(source: number, pcm: Uint8Array, last: boolean): boolean {
    const actor = this.parts.people.actor(source);
    if (actor === undefined) return false;
    const now = this.parts.now();
    if (pcm.byteLength > 0) this.perform(this.floor.frame({ actor, source }, pcm, now));
    if (last) this.perform(this.floor.remove(source, now));
    return true;
  }

  see(kind: MediaKind, source: number, jpeg: Uint8Array): void {
    this.pictures.offer(kind, source, jpeg, this.parts.now());
    this.showPicture();
  }

  /** A source has gone or is silent from now on. */
  remove(source: number): void {
    this.pictures.remove(source);
    this.perform(this.floor.remove(source, this.parts.now()));
  }

  /** Somebody has left the room. */
  leave(id: ParticipantId): void {
    this.perform(this.floor.leave(id, this.parts.now()));
  }

  move(action: FloorAction, by: Speaker): void {
    const move = floorMove(action, by, (id) => this.parts.people.person(id));
    if (move !== undefined) this.perform(this.floor.move(move, this.parts.now()));
  }

  tick(): void {
    this.perform(this.floor.tick(this.parts.now()));
  }

  private perform(outputs: Iterable<FloorOutput>): void {
    const { sink } = this.parts;
    for (const output of outputs) {
      switch (output.type) {
        case 'start':
          sink.startSpeech(output.actor);
          this.showPicture();
          break;
        case 'audio':
          sink.audio(output.pcm);
          break;
        case 'end':
          sink.endSpeech(output.speakers ?? []);
          break;
        case 'pause':
          sink.pause();
          break;
      }
    }
  }

  private showPicture(): void {
    const { people, sink, now } = this.parts;
    if (!sink.sees()) return;
    const { inView } = this.floor;
    const jpeg = this.pictures.next(inView === undefined ? [] : people.sources(inView), now());
    if (jpeg !== undefined) sink.picture(jpeg);
  }
}
