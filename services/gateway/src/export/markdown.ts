import type { Event, Room } from '@studio/contracts';
import { wordsOf } from './event-words.ts';
import { linesOf, momentOf } from './text-lines.ts';

/** The conversation as Markdown (CommonMark), with a heading for each day. What people wrote looks as they wrote it, and does nothing. */
export async function* markdown(room: Room, events: AsyncIterable<Event>): AsyncGenerator<string> {
  yield `# ${escaped(room.name)}\n\nAll times are UTC.\n`;
  let today = '';
  for await (const event of events) {
    const { day, time } = momentOf(event.at);
    if (day !== today) yield `\n## ${day}\n`;
    today = day;
    const words = wordsOf(event);
    if (words.type === 'note') yield `\n*${time} ${escaped(words.text).trim()}*\n`;
    else {
      yield `\n**${escaped(words.who)}** ${time}${words.spoken ? ' (spoken)' : ''}\n\n${paragraphs(words.text)}\n`;
      if (words.sources.length > 0) yield `\n${words.sources.map(link).join('\n')}\n`;
    }
  }
}

/** Text on one line; every character that could be markup is a character. */
function escaped(text: string): string {
  return linesOf(text)
    .join(' ')
    .replace(/[\\`*_[\]<>&|~#$]/g, '\\$&');
}

/** Text whose line breaks stay. */
function paragraphs(text: string): string {
  const lines = linesOf(text).map(line);
  return lines
    .map((own, index) => (own !== '' && (lines[index + 1] ?? '') !== '' ? `${own}\\` : own))
    .join('\n');
}

/** A line whose beginning is no list, no heading, no rule and no code. */
function line(text: string): string {
  if (text.trim() === '') return '';
  return escaped(text)
    .replace(/^[ \t]+/, (indent) => '\u00a0'.repeat(indent.length))
    .replace(/^(\u00a0*)([-+=:])/, '$1\\$2')
    .replace(/^(\u00a0*\d+)([.)])/, '$1\\$2');
}

function link({ title, uri }: { title: string; uri: string }): string {
  const address = uri.replace(/[<>\s\\]/g, (character) => encodeURIComponent(character));
  return `- [${escaped(title)}](<${address}>)`;
}
