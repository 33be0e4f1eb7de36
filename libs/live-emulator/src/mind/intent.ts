import type { Conversation } from './conversation.ts';

/** What a text asks for, as far as the emulator can answer it. */
export type Intent =
  | {
      readonly type:
        'identity' | 'people' | 'summary' | 'hearing' | 'picture' | 'greeting' | 'thanks' | 'speaker';
    }
  | { readonly type: 'said-by'; readonly person: string }
  | { readonly type: 'to-somebody-else'; readonly person: string }
  | { readonly type: 'topic' };

const PATTERNS: readonly (readonly [RegExp, Exclude<Intent['type'], 'said-by' | 'to-somebody-else'>])[] = [
  [
    /\b(who|what) are you\b|\bare you (real|gemini|there|an? \w+|the \w+)\b|\byour name\b|\bintroduce yourself\b/,
    'identity',
  ],
  [
    /\bsumm?ar|\bsum (it|this|that|us|up|everything)\b|\bmain points?\b|\brecap\b|\bkey points?\b|\bso far\b|\btl;?dr\b/,
    'summary',
  ],
  [/\bwho(?:'s| is) (speaking|talking)\b/, 'speaker'],
  [
    /\bwho(?:'s| is| are| all is)? (?:\w+ )?(here|there|present|in (the|this) (room|call|meeting)|with us|participating)\b|\bparticipants\b|\bwho (spoke|joined|am i talking to)\b/,
    'people',
  ],
  [
    /\b(see|seeing|saw|look|looks|looking|watch)\b|\b(picture|image|photo|camera|screen|slide|brightness)\b/,
    'picture',
  ],
  [/\b(hear|heard|hearing|listening|sound)\b/, 'hearing'],
  [/^(hello|hi|hey|good (morning|afternoon|evening)|welcome)\b/, 'greeting'],
  [/\b(thanks|thank you|cheers)\b/, 'thanks'],
];

/** Words like these are also what people talk about: they ask for something only in a question or a request. */
const SENSES: ReadonlySet<Intent['type']> = new Set(['picture', 'hearing']);
const REQUEST =
  /\?|\bgemini\b|\byou\b|^(please |can |could |now )*(what|how|tell|describe|look|watch|see|check|listen|read)\b/;

/** Reads what the last words ask for. People are recognised by the names that the conversation has. */
export function intentOf(text: string, { people }: Pick<Conversation, 'people'>): Intent {
  const lower = text.toLowerCase().replace(/[’]/g, "'").trim();
  const person = people.find((name) =>
    new RegExp(`(^|[^\\p{L}])${literal(name)}($|[^\\p{L}])`, 'iu').test(text),
  );
  if (
    person &&
    /\b(say|said|mean|meant|mention|mentioned|think|thinks|point|points|propose|proposed|view|opinion|want|wants)\b/.test(
      lower,
    )
  ) {
    const addressed = addressee(text, people);
    return addressed ? { type: 'to-somebody-else', person: addressed } : { type: 'said-by', person };
  }
  const addressed = addressee(text, people);
  if (addressed && !/\bgemini\b/.test(lower)) return { type: 'to-somebody-else', person: addressed };
  const found = PATTERNS.find(
    ([pattern, type]) => pattern.test(lower) && (!SENSES.has(type) || REQUEST.test(lower)),
  );
  return { type: found?.[1] ?? 'topic' };
}

/** The person whose name, and a comma, opens the text. */
function addressee(text: string, people: readonly string[]): string | null {
  return people.find((name) => new RegExp(`^@?${literal(name)}[,:]\\s`, 'iu').test(text.trim())) ?? null;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
