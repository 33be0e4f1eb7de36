import { Service, signal } from '@angular/core';

export type PictureKind = 'camera' | 'screen';

/** The newest picture of every source, decoded. */
@Service({ autoProvided: false })
export class ReceivedPictures {
  readonly #pictures = signal<ReadonlyMap<string, ImageBitmap>>(new Map());
  /** The picture that was received last, by source: decoding may end in another order. */
  readonly #newest = new Map<string, number>();
  #received = 0;

  /** The picture to show for any of these sources. */
  of(kind: PictureKind, sources: readonly number[]): ImageBitmap | undefined {
    const pictures = this.#pictures();
    return sources.map((source) => pictures.get(key(kind, source))).find((picture) => picture !== undefined);
  }

  async receive(kind: PictureKind, source: number, jpeg: Uint8Array<ArrayBuffer>): Promise<void> {
    const name = key(kind, source);
    const order = ++this.#received;
    this.#newest.set(name, order);
    let picture;
    try {
      picture = await createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' }));
    } catch {
      // Not a picture: the one before stays.
      return;
    }
    if (this.#newest.get(name) === order) this.#change(name, picture);
    else picture.close();
  }

  /** This source does not show anything any more. */
  remove(kind: PictureKind, source: number): void {
    const name = key(kind, source);
    this.#newest.delete(name);
    if (this.#pictures().has(name)) this.#change(name, undefined);
  }

  #change(name: string, picture: ImageBitmap | undefined): void {
    const pictures = new Map(this.#pictures());
    pictures.get(name)?.close();
    if (picture) pictures.set(name, picture);
    else pictures.delete(name);
    this.#pictures.set(pictures);
  }
}

function key(kind: PictureKind, source: number): string {
  return `${kind}:${source}`;
}
