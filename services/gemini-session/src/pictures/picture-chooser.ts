import { MediaKind } from '@studio/contracts';

/** The Live API takes at most one picture per second. */
const INTERVAL_MS = 1_000;
/** A screen that has sent nothing for this long is not shared any more; a camera picture older than this is not of now. */
const FRESH_MS = 3_000;
/** Pictures of one camera are kept at most this often, because keeping copies them. */
const KEEP_MS = 250;

interface Picture {
  source: number;
  at: number;
  jpeg: Uint8Array;
}

/**
 * Which pictures Gemini sees: a shared screen first, else the camera of whoever has the floor; at most one per second. Pure: time comes
 * from the caller, in milliseconds of any monotonic clock.
 */
export class PictureChooser {
  private readonly cameras = new Map<number, Picture>();
  private screen: Picture | undefined;
  private sentAt = Number.NEGATIVE_INFINITY;

  /** A new JPEG picture; it is copied when it may be needed. */
  offer(kind: MediaKind, source: number, jpeg: Uint8Array, now: number): void {
    if (kind === MediaKind.screen) {
      // The first screen stays until it stops: two people who share at once must not take turns with every picture.
      if (this.screen !== undefined && this.screen.source !== source && now - this.screen.at < FRESH_MS)
        return;
      if (this.screen?.source !== source || now - this.screen.at >= KEEP_MS)
        this.screen = { source, at: now, jpeg: jpeg.slice() };
    } else if (kind === MediaKind.camera && now - (this.cameras.get(source)?.at ?? -KEEP_MS) >= KEEP_MS)
      this.cameras.set(source, { source, at: now, jpeg: jpeg.slice() });
  }

  /** The picture to send now, if any; it counts as sent. `holderSources`: the connections of whoever has the floor. */
  next(holderSources: readonly number[], now: number): Uint8Array | undefined {
    if (now - this.sentAt < INTERVAL_MS) return undefined;
    const screenIsShared = this.screen !== undefined && now - this.screen.at < FRESH_MS;
    const picture = screenIsShared ? this.screen : this.newestCamera(holderSources, now);
    // The same picture a second time tells nothing new.
    if (picture === undefined || picture.at <= this.sentAt) return undefined;
    this.sentAt = now;
    return picture.jpeg;
  }

  remove(source: number): void {
    this.cameras.delete(source);
    if (this.screen?.source === source) this.screen = undefined;
  }

  private newestCamera(sources: readonly number[], now: number): Picture | undefined {
    return sources
      .flatMap((source) => this.cameras.get(source) ?? [])
      .filter((picture) => now - picture.at < FRESH_MS)
      .sort((a, b) => b.at - a.at)[0];
  }
}
