import type { Event, Room } from '@studio/contracts';
import { wordsOf } from './event-words.ts';
import { linesOf, momentOf } from './text-lines.ts';

/** Before every line of a text but its first: nobody can write a line that looks like another one's. */
const INDENT = '    ';

/** The conversation as text: one entry begins with each line that is not indented. */
export async function* plainText(room: Room, events: AsyncIterable<Event>): AsyncGenerator<string> {
  yield `${room.name}\nAll times are UTC.\n\n`;
  for await (const event of events) {
    const { day, time } = momentOf(event.at);
    const words = wordsOf(event);
    yield `${day} ${time}  ${words.type === 'note' ? `* ${indented(words.text)}` : `${words.who}: ${indented(words.text)}`}\n`;
    if (words.type === 'line')
      for (const { title, uri } of words.sources) yield `${INDENT}${indented(title)}: ${uri}\n`;
  }
}

function indented(text: string): string {
  return linesOf(text).join(`\n${INDENT}`);
}
