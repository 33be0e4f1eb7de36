import type { Entry } from './conversation.ts';
import { intentOf } from './intent.ts';
import { answerTo, lastWords } from './mind.ts';
import type { MindSituation, TurnPlan } from './plan.ts';
import { recollect } from './recollection.ts';
import { toldResults } from './results.ts';
import { wantedCall } from './wanted-call.ts';
import { wantedSearch } from './wanted-search.ts';

/** What the emulator does about the last entry of a conversation: call what was asked for, or answer from what it knows. */
export function attend(entries: readonly Entry[], situation: MindSituation): TurnPlan {
  const last = entries.at(-1);
  if (!last || last.role === 'model') return { say: null };
  const before = recollect(entries.slice(0, -1));
  const asked = lastWords(last, before)?.text ?? null;
  const results = toldResults(unspoken(entries));
  if (asked !== null) {
    const call = wantedCall(asked, situation.functions);
    if (call) {
      const blocking = situation.functions.some(({ name, blocking }) => name === call.name && blocking);
      return {
        calls: [call],
        say: blocking ? null : 'One moment, I am looking.',
        thought: `They want what ${call.name} gives.`,
      };
    }
    const found = situation.canSearch ? wantedSearch(asked) : null;
    if (found) return { ...found, thought: 'They want something from the web, and there is none here.' };
  }
  const answer = answerTo(entries, situation);
  const said = [results, answer].filter((part) => part !== null);
  return {
    say: said.length === 0 ? null : said.join(' '),
    thought:
      asked === null
        ? 'There are no words to answer.'
        : `They ask for: ${intentOf(asked, before).type}. I have ${entries.length} entries to answer from.`,
  };
}

/** The answers to calls that came since the model spoke last. */
function unspoken(entries: readonly Entry[]) {
  const since = entries.slice(entries.findLastIndex(({ role }) => role === 'model') + 1);
  return since.flatMap(({ results }) => results ?? []).filter(({ silent }) => !silent);
}
