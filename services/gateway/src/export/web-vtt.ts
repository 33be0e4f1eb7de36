import type { Event, Room } from '@studio/contracts';
import { CueClock } from './cue-times.ts';
import { wordsOf } from './event-words.ts';
import { linesOf } from './text-lines.ts';

/**
 * What was said as captions (WebVTT), for a player beside a recording; the times begin with the first event, which a note names. A cue's
 * identifier is the sequence of its event.
 */
export async function* webVtt(room: Room, events: AsyncIterable<Event>): AsyncGenerator<string> {
  yield `WEBVTT - ${room.name.replaceAll('-->', '→')}\n`;
  const clock = new CueClock();
  let begin: number | undefined;
  for await (const event of events) {
    if (begin === undefined) yield `\nNOTE 00:00:00.000 is ${new Date(event.at).toISOString()}\n`;
    begin ??= event.at;
    const words = wordsOf(event);
    if (words.type !== 'line') continue;
    const at = Math.max(0, event.at - begin);
    const { length } = words.text;
    const { start, end } = words.spoken ? clock.speech(at, length) : clock.chat(at, length);
    yield `\n${event.seq}\n${timestamp(start)} --> ${timestamp(end)}\n<v ${escaped(words.who)}>${cueText(words.text)}\n`;
  }
}

/** Without empty lines, which would end the cue. */
function cueText(text: string): string {
  return linesOf(escaped(text))
    .filter((line) => line.trim() !== '')
    .join('\n');
}

/** Also takes away the arrow that would begin a cue. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\0', '\ufffd');
}

/** Hours, of at least two digits, to milliseconds. */
function timestamp(ms: number): string {
  const [hours, minutes, seconds] = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1_000) % 60].map((value) =>
    String(Math.floor(value)).padStart(2, '0'),
  );
  return `${hours}:${minutes}:${seconds}.${String(ms % 1_000).padStart(3, '0')}`;
}
