import type { Blob } from '../session/fields.ts';
import { invalidArgument } from '../session/refusal.ts';
import { readJpeg } from './jpeg.ts';
import { readPng } from './png.ts';
import { readWebp } from './webp.ts';

/** What can be told of a picture without understanding it. */
export interface Picture {
  readonly format: 'jpeg' | 'png' | 'webp';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Mean luma from 0, black, to 1, white; null when this encoding of the picture was not decoded. */
  readonly brightness: number | null;
}

/** The largest picture that the API takes inline, in bytes. */
const MAX_BYTES = 7 * 1024 * 1024;

/**
 * Reads a JPEG, PNG or WebP picture.
 * @throws Refusal when it is none, or damaged in its headers, or too large.
 */
export function decodePicture(blob: Blob): Picture {
  const bytes = Buffer.from(blob.data, 'base64');
  const picture = bytes.length > MAX_BYTES ? null : (readJpeg(bytes) ?? readPng(bytes) ?? readWebp(bytes));
  if (!picture) throw invalidArgument('Unable to process input image.');
  return picture;
}
