import { describe, expect, it } from 'vitest';
import { GREY_JPEG, PROGRESSIVE_JPEG, SHADED_JPEG, SHADED_PNG } from '../testing/pictures.ts';
import { decodePicture } from './picture.ts';

const decode = (data: string) => decodePicture({ data, mimeType: 'image/jpeg' });

describe('decodePicture', () => {
  it.each([
    ['a grey sequential JPEG', GREY_JPEG, 'jpeg', 0.502],
    ['a sequential JPEG with restart markers', SHADED_JPEG, 'jpeg', 0.4614],
    ['a progressive JPEG', PROGRESSIVE_JPEG, 'jpeg', 0.4614],
    ['a PNG with filtered rows', SHADED_PNG, 'png', 0.4611],
  ])('measures size and brightness of %s', (_, data, format, brightness) => {
    const picture = decode(data);
    expect(picture).toMatchObject({ format, width: 48, height: 32 });
    expect(Math.abs((picture.brightness ?? 1) - brightness)).toBeLessThan(0.003);
  });

  it('measures the size of a WebP picture and owns up to not knowing its brightness', () => {
    const bytes = Buffer.alloc(30);
    bytes.write('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0', 'latin1');
    bytes.writeUIntLE(640 - 1, 24, 3);
    bytes.writeUIntLE(480 - 1, 27, 3);
    expect(decode(bytes.toString('base64'))).toEqual({
      format: 'webp',
      width: 640,
      height: 480,
      brightness: null,
    });
  });

  it('survives every truncation and damage, and never throws but for what is no picture', () => {
    for (const source of [SHADED_JPEG, PROGRESSIVE_JPEG, SHADED_PNG]) {
      const whole = Buffer.from(source, 'base64');
      for (let length = 0; length < whole.length; length += 1) {
        const cut = whole.subarray(0, length);
        const damaged = Buffer.from(whole);
        damaged[length] = (damaged[length] ?? 0) ^ 0x55;
        for (const bytes of [cut, damaged]) {
          try {
            const { brightness } = decode(bytes.toString('base64'));
            expect(brightness === null || (brightness >= 0 && brightness <= 1)).toBe(true);
          } catch (error) {
            expect(String(error)).toBe('Refusal: Unable to process input image.');
          }
        }
      }
    }
  });
});
