import { Service, computed, effect, inject, untracked } from '@angular/core';
import { bytesOf, samplesOf } from '@studio/audio';
import type { MediaHeader, MediaState } from '@studio/contracts';
import {
  LIMITS,
  MEDIA_HEADER_BYTES,
  MediaCodec,
  MediaFlag,
  MediaKind,
  allowedMedia,
} from '@studio/contracts';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Camera } from '../media/camera.ts';
import { Microphone } from '../media/microphone.ts';
import { OutgoingMedia } from '../media/outgoing-media.ts';
import type { PictureFormat } from '../media/picture-sender.ts';
import { PictureSender } from '../media/picture-sender.ts';
import type { PictureKind } from '../media/received-pictures.ts';
import { ReceivedPictures } from '../media/received-pictures.ts';
import { ScreenShare } from '../media/screen-share.ts';
import { Speaker } from '../media/speaker.ts';
import { errorWords } from '../ui/error-words.ts';
import { RoomStore } from './room-store.ts';

const MOST_BYTES = LIMITS.binaryFrameBytes - MEDIA_HEADER_BYTES;
const CAMERA: PictureFormat = { width: 640, quality: 0.7, perSecond: 2, mostBytes: MOST_BYTES };
const SCREEN: PictureFormat = { width: 1280, quality: 0.7, perSecond: 2, mostBytes: MOST_BYTES };
const RATES: ReadonlyMap<number, number> = new Map([
  [MediaCodec.pcm16k, 16_000],
  [MediaCodec.pcm24k, 24_000],
]);
const NOTHING = new Uint8Array(0);
const SILENT: MediaState = { microphone: false, camera: false, screen: false };

/** Brings what this person's devices give to the room, and what the room gives to this person's loudspeaker and screen. */
@Service({ autoProvided: false })
export class RoomMedia {
  readonly #store = inject(RoomStore);
  readonly #microphone = inject(Microphone);
  readonly #camera = inject(Camera);
  readonly #screen = inject(ScreenShare);
  readonly #speaker = inject(Speaker);
  readonly #pictures = inject(ReceivedPictures);
  readonly #snackBar = inject(MatSnackBar);
  readonly #outgoing = computed(() => {
    const connection = this.#store.connection();
    return connection && new OutgoingMedia(connection);
  });

  /** What this person sends: of what their devices give, what they may send here, which is known when they are in. */
  readonly sending = computed<MediaState>(
    () => {
      const role = this.#store.role();
      if (role === undefined) return SILENT;
      return allowedMedia(role, {
        microphone: this.#microphone.state() === 'on' && !this.#microphone.muted(),
        camera: this.#camera.stream() !== undefined,
        screen: this.#screen.stream() !== undefined,
      });
    },
    { equal: sameMedia },
  );
  readonly #speaking = computed(() => this.sending().microphone);
  readonly #filming = computed(() => (this.sending().camera ? this.#camera.stream() : undefined));
  readonly #sharing = computed(() => (this.sending().screen ? this.#screen.stream() : undefined));

  constructor() {
    effect(() => this.#announce(this.sending()));
    effect((onCleanup) => onCleanup(this.#sendMicrophone()));
    effect((onCleanup) => onCleanup(this.#sendPictures(this.#filming(), MediaKind.camera, CAMERA)));
    effect((onCleanup) => onCleanup(this.#sendPictures(this.#sharing(), MediaKind.screen, SCREEN)));
    effect((onCleanup) => {
      const connection = this.#store.connection();
      if (connection)
        onCleanup(connection.on('media', ({ header, payload }) => this.#receive(header, payload)));
    });
    effect((onCleanup) => {
      for (const { sources, media } of this.#store.participants()) {
        for (const source of sources) {
          if (!media.camera) untracked(() => this.#pictures.remove('camera', source));
          if (!media.screen) untracked(() => this.#pictures.remove('screen', source));
        }
      }
      const known = this.#sources();
      onCleanup(() => untracked(() => this.#forgetMissing(known)));
    });
  }

  #announce(media: MediaState): void {
    if (!this.#store.connection()) return;
    untracked(() => {
      this.#store.setMedia(media).catch((error: unknown) => this.#snackBar.open(errorWords(error), 'Close'));
    });
  }

  #sendMicrophone(): () => void {
    const outgoing = this.#outgoing();
    if (!outgoing || !this.#speaking()) return () => undefined;
    const header = { kind: MediaKind.microphone, codec: MediaCodec.pcm16k };
    let flags: number = MediaFlag.start;
    const stop = this.#microphone.onFrame((samples) => {
      outgoing.send({ ...header, flags }, bytesOf(samples));
      flags = 0;
    });
    return () => {
      stop();
      outgoing.send({ ...header, flags: MediaFlag.end }, NOTHING);
    };
  }

  #sendPictures(stream: MediaStream | undefined, kind: MediaKind, format: PictureFormat): () => void {
    const outgoing = this.#outgoing();
    if (!outgoing || !stream) return () => undefined;
    const sender = new PictureSender(stream, format, (jpeg) => {
      outgoing.send({ kind, codec: MediaCodec.jpeg, flags: 0 }, jpeg);
    });
    return () => {
      sender.stop();
      outgoing.send({ kind, codec: MediaCodec.none, flags: MediaFlag.end }, NOTHING);
    };
  }

  #receive(header: MediaHeader, payload: Uint8Array<ArrayBuffer>): void {
    // Another tab of the same person: nobody wants to hear themselves.
    if (this.#store.self()?.sources.includes(header.source)) return;
    switch (header.kind) {
      case MediaKind.microphone:
      case MediaKind.voice:
        this.#hear(header, payload);
        break;
      case MediaKind.camera:
        this.#see('camera', header, payload);
        break;
      case MediaKind.screen:
        this.#see('screen', header, payload);
        break;
    }
  }

  #hear({ kind, codec, flags, source }: MediaHeader, payload: Uint8Array<ArrayBuffer>): void {
    if (flags & MediaFlag.flush) this.#speaker.flush(source);
    const rate = RATES.get(codec);
    const end = (flags & MediaFlag.end) !== 0;
    if (rate === undefined || (payload.length === 0 && !end)) return;
    const samples = new Int16Array(samplesOf(payload));
    this.#speaker.play({ type: 'push', source, voice: kind === MediaKind.voice, rate, samples, end });
  }

  #see(kind: PictureKind, { codec, flags, source }: MediaHeader, payload: Uint8Array<ArrayBuffer>): void {
    if (flags & MediaFlag.end) this.#pictures.remove(kind, source);
    else if (codec === MediaCodec.jpeg) void this.#pictures.receive(kind, source, payload);
  }

  #sources(): number[] {
    return this.#store.participants().flatMap(({ sources }) => sources);
  }

  #forgetMissing(known: readonly number[]): void {
    const present = new Set(this.#sources());
    for (const source of known) {
      if (present.has(source)) continue;
      this.#speaker.forget(source);
      this.#pictures.remove('camera', source);
      this.#pictures.remove('screen', source);
    }
  }
}

function sameMedia(a: MediaState, b: MediaState): boolean {
  return a.microphone === b.microphone && a.camera === b.camera && a.screen === b.screen;
}
