export interface PictureFormat {
  /** Pixels; a narrower picture stays as it is. */
  readonly width: number;
  /** JPEG quality from 0 to 1. */
  readonly quality: number;
  readonly perSecond: number;
  /** A picture that is larger is not given out. */
  readonly mostBytes: number;
}

/** Looks at a moving picture a few times a second and gives each look out as a JPEG. */
export class PictureSender {
  readonly #video = document.createElement('video');
  readonly #canvas = document.createElement('canvas');
  readonly #format: PictureFormat;
  readonly #send: (jpeg: Uint8Array<ArrayBuffer>) => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #busy = false;
  #stopped = false;

  constructor(stream: MediaStream, format: PictureFormat, send: (jpeg: Uint8Array<ArrayBuffer>) => void) {
    this.#format = format;
    this.#send = send;
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.srcObject = stream;
    this.#video.addEventListener('loadeddata', this.#look, { once: true });
    // Asked for by a call: what only has `autoplay` waits in vain to be seen. A stop before it plays rejects, and is all right.
    this.#video.play().catch(() => undefined);
    this.#timer = setInterval(this.#look, 1_000 / format.perSecond);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#video.srcObject = null;
  }

  readonly #look = (): void => {
    const { videoWidth, videoHeight, readyState } = this.#video;
    if (this.#busy || readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const scale = Math.min(1, this.#format.width / videoWidth);
    this.#canvas.width = Math.round(videoWidth * scale);
    this.#canvas.height = Math.round(videoHeight * scale);
    this.#canvas.getContext('2d')?.drawImage(this.#video, 0, 0, this.#canvas.width, this.#canvas.height);
    this.#busy = true;
    this.#canvas.toBlob((blob) => void this.#give(blob), 'image/jpeg', this.#format.quality);
  };

  async #give(blob: Blob | null): Promise<void> {
    const jpeg =
      blob && blob.size <= this.#format.mostBytes ? new Uint8Array(await blob.arrayBuffer()) : undefined;
    this.#busy = false;
    if (jpeg && !this.#stopped) this.#send(jpeg);
  }
}
