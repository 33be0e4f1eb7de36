import type { Event, ExportFormat, Room } from '@studio/contracts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { plainText } from './plain-text.ts';
import { webVtt } from './web-vtt.ts';

interface Format {
  readonly contentType: string;
  /** The file, piece by piece. */
  readonly write: (room: Room, events: AsyncIterable<Event>) => AsyncGenerator<string>;
}

export const EXPORT_FORMATS: Record<ExportFormat, Format> = {
  md: { contentType: 'text/markdown; charset=utf-8', write: markdown },
  json: { contentType: 'application/json', write: json },
  txt: { contentType: 'text/plain; charset=utf-8', write: plainText },
  vtt: { contentType: 'text/vtt; charset=utf-8', write: webVtt },
};
