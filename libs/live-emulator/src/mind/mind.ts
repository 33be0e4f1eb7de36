import type { Conversation, Entry } from './conversation.ts';
import { intentOf } from './intent.ts';
import { recollect } from './recollection.ts';
import * as reply from './replies.ts';

export interface MindOptions {
  /** The model may stay silent where nobody asked it anything. */
  readonly mayStaySilent: boolean;
}

/**
 * What the emulator answers to the last entry of a conversation: one to three sentences made of what it was
 * told, heard and saw. Null when it stays silent.
 */
export function answerTo(entries: readonly Entry[], options: MindOptions): string | null {
  const last = entries.at(-1);
  const now = recollect(entries);
  const before = recollect(entries.slice(0, -1));
  if (!last || last.role === 'model') return null;
  const asked = lastWords(last, before);
  if (asked === null) {
    if (last.speech.length > 0) return reply.toSpeech(last.speech, now);
    return last.pictures.length > 0 ? reply.aboutPictures(now) : null;
  }
  const answer = answerToWords(asked, now, before, options);
  if (answer === null || last.speech.length === 0) return answer;
  return `${reply.heard(last.speech, now)} ${answer}`;
}

function answerToWords(
  asked: { readonly author: string | null; readonly text: string },
  now: Conversation,
  before: Conversation,
  { mayStaySilent }: MindOptions,
): string | null {
  const intent = intentOf(asked.text, now);
  switch (intent.type) {
    case 'identity':
      return reply.whoIAm(now);
    case 'people':
      return reply.whoIsHere(now);
    case 'speaker':
      return reply.whoSpeaks(now);
    case 'summary':
      return reply.mainPoints(before);
    case 'hearing':
      return reply.whatIHeard(now);
    case 'picture':
      return reply.aboutPictures(now);
    case 'greeting':
      return reply.greeting(asked.author, now);
    case 'thanks':
      return reply.thanks(asked.author);
    case 'said-by':
      return reply.whatPersonSaid(intent.person, before);
    case 'to-somebody-else':
      return mayStaySilent && intent.person !== asked.author ? null : reply.onTopic(asked, before);
    case 'topic':
      return reply.onTopic(asked, before);
  }
}

/** The last statement of an entry, with its author; null when it has no words. */
export function lastWords(entry: Entry, before: Conversation) {
  const statements = recollect([entry]).statements;
  const author = statements.at(-1)?.author ?? null;
  if (author === null && statements.length === 0) return null;
  const own = statements.filter((statement) => statement.author === author);
  return { author: author ?? before.speaker, text: own.map((statement) => statement.text).join(' ') };
}
