import type { Conversation, HeardSpeech, Statement } from './conversation.ts';
import { brightnessOf, counted, lasting, listed, loudness, shortened } from './phrases.ts';
import { mainSentences, similarity } from './text-rank.ts';
import { contentWords, namedTopics, sentencesOf } from './words.ts';

/** How much of somebody's words an answer quotes, in characters. */
const QUOTE = 110;
const POINTS = 3;
/** Sentences that share less than this are not about the same thing. */
const RELATED = 0.25;
const OFFLINE = 'offline emulator';

export function whoIAm({ answers }: Conversation): string {
  return answers.some((answer) => answer.includes(OFFLINE))
    ? 'I am still the stand-in for Gemini. I keep track of this conversation and answer from it.'
    : `I am the ${OFFLINE} of Gemini Live. I cannot understand speech or pictures, but I keep the conversation: ask me who is here, what somebody said, or the main points.`;
}

export function whoIsHere({ people }: Conversation): string {
  if (people.length === 0) return 'Nobody has told me a name yet.';
  return people.length === 1
    ? `I know of one person here: ${listed(people)}.`
    : `I know of ${counted(people.length, 'person', 'people')} here: ${listed(people)}.`;
}

export function whoSpeaks({ speaker }: Conversation): string {
  return speaker === null ? 'Nobody told me who is speaking now.' : `${speaker} is speaking now.`;
}

export function whatPersonSaid(person: string, { statements, speech }: Conversation): string {
  const own = statements.filter(({ author }) => author === person);
  const spoken = speech.filter(({ speaker }) => speaker === person);
  const heard =
    spoken.length === 0 ? '' : ` I also heard ${person} speak for ${lasting(totalSeconds(spoken))}.`;
  const last = own.at(-1);
  if (!last) {
    return heard ? `${person} wrote nothing yet.${heard}` : `${person} has not said anything to me yet.`;
  }
  if (own.length === 1) return `${person} wrote: ${shortened(last.text, QUOTE)}.${heard}`;
  const [main] = mainSentences(asSentences(own.slice(0, -1)), 1);
  const earlier = main ?? own.at(-2) ?? last;
  return `${person} wrote ${counted(own.length, 'message')}. Earlier: ${shortened(earlier.text, QUOTE)}. And last: ${shortened(last.text, QUOTE)}.`;
}

export function mainPoints({ statements, speech }: Conversation): string {
  const spoken =
    speech.length === 0
      ? ''
      : ` I also heard ${lasting(totalSeconds(speech))} of speech, whose words I cannot make out.`;
  const points = mainSentences(asSentences(statements), POINTS);
  if (points.length === 0) return `There are no written points to sum up yet.${spoken}`;
  const told = points.map(
    ({ author, text }, index) =>
      `${['First', 'Then', 'And'][index] ?? 'And'}${author === null ? '' : `, from ${author}`}: ${shortened(text, QUOTE)}.`,
  );
  return `Here ${points.length === 1 ? 'is the main point' : `are the ${points.length} main points`}. ${told.join(' ')}${spoken}`;
}

export function whatIHeard({ speech, speaker }: Conversation): string {
  const last = speech.at(-1);
  if (!last) return 'I have heard no speech yet, only text.';
  const whose = last.speaker ?? speaker;
  return `I heard ${counted(speech.length, 'stretch', 'stretches')} of speech, ${lasting(totalSeconds(speech))} in all. The last one${whose === null ? '' : `, from ${whose},`} was ${loudness(last.dbfs)}.`;
}

export function aboutPictures({ pictures }: Conversation): string {
  const last = pictures.at(-1);
  if (!last) return 'I have seen no picture yet.';
  const count = pictures.length === 1 ? 'one picture' : `${pictures.length} pictures`;
  return `I have ${count}. The last one is ${last.width} by ${last.height} pixels, ${brightnessOf(last.brightness)}.`;
}

export function greeting(author: string | null, { people }: Conversation): string {
  const others = people.filter((name) => name !== author);
  const hello = author === null ? 'Hello.' : `Hello ${author}.`;
  return others.length === 0
    ? `${hello} I am listening. Ask me for the main points at any time.`
    : `${hello} With you here: ${listed(others)}. Ask me for the main points at any time.`;
}

export function thanks(author: string | null): string {
  return author === null ? 'You are welcome.' : `You are welcome, ${author}.`;
}

/** An answer to words that ask for nothing special: what they are about, and what they follow from. */
export function onTopic(asked: Statement, before: Conversation): string {
  const topics = [...new Set(namedTopics(asked.text))].slice(0, 2);
  const about = topics.length === 0 ? 'I noted that' : `That is about ${listed(topics)}`;
  const to = asked.author === null ? '' : `, ${asked.author}`;
  const related = mostRelated(asked, before.statements);
  if (related) {
    const who =
      related.author === asked.author
        ? 'your own earlier point'
        : `what ${related.author ?? 'somebody'} wrote`;
    return `${about}${to}. It goes with ${who}: ${shortened(related.text, QUOTE)}.`;
  }
  const count = before.statements.length;
  return count === 0
    ? `${about}${to}. It is the first point of our conversation, and I will keep it.`
    : `${about}${to}. It is new among the ${counted(count + 1, 'point')} so far. Ask me for the main ones when you like.`;
}

/** An answer to speech that came without words. */
export function toSpeech(speech: readonly HeardSpeech[], conversation: Conversation): string {
  const said = heard(speech, conversation);
  const last = conversation.statements.at(-1);
  if (!last) return `${said} I cannot make out words offline, but you can write to me.`;
  const topics = [...new Set(namedTopics(last.text))].slice(0, 2);
  const who = last.author === null ? 'The last written point' : `${last.author}'s last written point`;
  return `${said} I cannot make out words offline. ${who} was ${topics.length === 0 ? shortened(last.text, QUOTE) : `about ${listed(topics)}`}.`;
}

export function heard(speech: readonly HeardSpeech[], { speaker }: Conversation): string {
  const seconds = totalSeconds(speech);
  const level = loudness(speech.at(-1)?.dbfs ?? -96);
  return speaker === null
    ? `I heard ${lasting(seconds)} of speech, ${level}.`
    : `I heard ${speaker} speak for ${lasting(seconds)}, ${level}.`;
}

function totalSeconds(speech: readonly HeardSpeech[]): number {
  return speech.reduce((sum, { seconds }) => sum + seconds, 0);
}

function asSentences(statements: readonly Statement[]): Statement[] {
  return statements.flatMap(({ author, text }) =>
    sentencesOf(text).map((sentence) => ({ author, text: sentence })),
  );
}

function mostRelated(asked: Statement, statements: readonly Statement[]): Statement | null {
  const words = new Set(contentWords(asked.text));
  let best: Statement | null = null;
  let bestScore = RELATED;
  for (const statement of asSentences(statements)) {
    const score = similarity(words, new Set(contentWords(statement.text)));
    if (score < bestScore) continue;
    best = statement;
    bestScore = score;
  }
  return best;
}
