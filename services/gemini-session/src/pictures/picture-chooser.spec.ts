import { MediaKind } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { PictureChooser } from './picture-chooser.ts';

const picture = (content: number) => Uint8Array.of(0xff, 0xd8, content);
const { camera, screen } = MediaKind;

describe('the picture for Gemini', () => {
  it('is at most one per second', () => {
    const chooser = new PictureChooser();
    let sent = 0;
    for (let now = 0; now < 10_000; now += 33) {
      chooser.offer(screen, 1, picture(now & 255), now);
      if (chooser.next([], now) !== undefined) sent++;
    }
    expect(sent).toBeGreaterThanOrEqual(9);
    expect(sent).toBeLessThanOrEqual(10);
  });

  it('is a shared screen before any camera, until the screen stops', () => {
    const chooser = new PictureChooser();
    chooser.offer(camera, 1, picture(1), 0);
    chooser.offer(screen, 2, picture(2), 0);
    expect(chooser.next([1], 0)).toEqual(picture(2));
    chooser.offer(camera, 1, picture(3), 1_500);
    expect(chooser.next([1], 1_500)).toBeUndefined();
    chooser.offer(camera, 1, picture(4), 3_100);
    expect(chooser.next([1], 3_100)).toEqual(picture(4));
  });

  it('is the camera of whoever has the floor, also one that came just before', () => {
    const chooser = new PictureChooser();
    chooser.offer(camera, 1, picture(1), 0);
    chooser.offer(camera, 2, picture(2), 0);
    expect(chooser.next([], 10)).toBeUndefined();
    expect(chooser.next([2], 20)).toEqual(picture(2));
    expect(chooser.next([1], 5_000)).toBeUndefined();
  });

  it('is never the same twice, nor one of somebody who has gone', () => {
    const chooser = new PictureChooser();
    chooser.offer(screen, 1, picture(1), 0);
    expect(chooser.next([], 0)).toEqual(picture(1));
    expect(chooser.next([], 1_000)).toBeUndefined();
    chooser.offer(camera, 2, picture(2), 5_000);
    chooser.remove(2);
    expect(chooser.next([2], 5_000)).toBeUndefined();
  });

  it('stays with the first of two screens', () => {
    const chooser = new PictureChooser();
    const sent = [];
    for (let now = 0; now < 5_000; now += 500) {
      chooser.offer(screen, 1, picture(1), now);
      chooser.offer(screen, 2, picture(2), now);
      sent.push(chooser.next([], now)?.[2]);
    }
    expect(new Set(sent.filter((content) => content !== undefined))).toEqual(new Set([1]));
  });

  it('is a copy: the frame it came in may be used again', () => {
    const chooser = new PictureChooser();
    const frame = picture(1);
    chooser.offer(screen, 1, frame, 0);
    frame.fill(0);
    expect(chooser.next([], 0)).toEqual(picture(1));
  });
});
