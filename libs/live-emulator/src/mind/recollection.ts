import type { Conversation, Entry, Statement } from './conversation.ts';
import { readLines } from './lines.ts';

/** Puts the entries of a conversation together into what is known of it. */
export function recollect(entries: readonly Entry[]): Conversation {
  const statements: Statement[] = [];
  const people = new Set<string>();
  const speech: Conversation['speech'][number][] = [];
  let speaker: string | null = null;
  for (const entry of entries) {
    if (entry.role === 'model') continue;
    let author: string | null = null;
    for (const line of readLines(entry.text)) {
      if (line.type === 'statement') {
        author = line.author ?? author;
        statements.push({ author, text: line.text });
        if (author !== null) people.add(author);
      } else if (line.type === 'present') {
        for (const person of line.people) people.add(person);
      } else if (line.type === 'heard') {
        people.add(line.person);
        speech.push({ seconds: line.seconds, dbfs: line.dbfs, speaker: line.person });
      } else if (line.type === 'left') {
        people.delete(line.person);
        if (speaker === line.person) speaker = null;
      } else {
        people.add(line.person);
        if (line.type === 'speaks') speaker = line.person;
      }
    }
    speech.push(...entry.speech.map((heard) => ({ ...heard, speaker })));
  }
  return {
    statements,
    people: [...people],
    speaker,
    speech,
    pictures: entries.flatMap((entry) => entry.pictures),
    answers: entries.filter((entry) => entry.role === 'model').map((entry) => entry.text),
  };
}
