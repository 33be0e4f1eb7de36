import { describe, expect, it } from 'vitest';
import { attend } from './attention.ts';
import type { Entry } from './conversation.ts';
import type { DeclaredFunction, DeclaredParameter, MindSituation } from './plan.ts';

const user = (text: string, more: Partial<Entry> = {}): Entry => ({
  role: 'user',
  text,
  speech: [],
  pictures: [],
  ...more,
});
const text = (name: string, required = true, choices: string[] = []): DeclaredParameter => ({
  name,
  type: 'string',
  required,
  choices,
});
const declared = (
  name: string,
  parameters: DeclaredParameter[] = [],
  description = '',
): DeclaredFunction => ({ name, description, blocking: true, parameters });

const FUNCTIONS = [
  declared('current_time', [text('timeZone', false)]),
  declared('who_is_here'),
  declared(
    'search_conversation',
    [text('query'), { name: 'limit', type: 'integer', required: false, choices: [] }],
    'Searches what was said in this room',
  ),
  declared('get_current_weather', [text('location'), text('unit', false, ['celsius', 'fahrenheit'])]),
  declared('setVolume', [{ name: 'percent', type: 'integer', required: true, choices: [] }]),
];

const SITUATION: MindSituation = {
  mayStaySilent: false,
  systemInstruction: '',
  functions: FUNCTIONS,
  canSearch: true,
};

function asked(words: string, situation: Partial<MindSituation> = {}) {
  return attend([user(words)], { ...SITUATION, ...situation });
}

describe('attend', () => {
  it.each([
    ['Ana: What time is it?', 'current_time', {}],
    ['Gemini, what is the time in Tokyo?', 'current_time', {}],
    ['Who is here?', 'who_is_here', {}],
    ['Ana: Please search the conversation for the budget.', 'search_conversation', { query: 'the budget' }],
    ['Find what we said about launch dates', 'search_conversation', { query: 'launch dates' }],
    ['Search this room for "red shoes", please', 'search_conversation', { query: 'red shoes' }],
    ['what is the weather in Redmond Washington', 'get_current_weather', { location: 'Redmond Washington' }],
    ['Set the volume to 40 percent', 'setVolume', { percent: 40 }],
    ['Ana: call who_is_here', 'who_is_here', {}],
    ['call setVolume {"percent": 7}', 'setVolume', { percent: 7 }],
  ])('asked "%s" calls %s', (words, name, args) => {
    expect(asked(words)).toMatchObject({ say: null, calls: [{ name, args }] });
  });

  it.each([
    'It is high time for a break.',
    'The weather was bad.',
    'What is the weather?',
    'Set the volume.',
    'I will search my bag for keys.',
    'call setVolume {percent}',
    'call nothing_like_it',
  ])('asked "%s" calls nothing', (words) => {
    expect(asked(words)).not.toHaveProperty('calls');
  });

  it('says that it is looking where the call does not block', () => {
    const functions = FUNCTIONS.map((each) => ({ ...each, blocking: false }));
    expect(asked('What time is it?', { functions }).say).toBe('One moment, I am looking.');
  });

  it('calls nothing that is not declared', () => {
    expect(asked('Who is here?', { functions: [] })).toMatchObject({ say: 'Nobody has told me a name yet.' });
  });

  it.each([
    ['Search the web for pencils.', 'pencils'],
    ['Ana: Gemini, look up the height of Mount Kenya!', 'the height of Mount Kenya'],
    ['google cheap <b>flights</b>', 'cheap <b>flights</b>'],
  ])('asked "%s" searches the web, and says that there is none', (words, query) => {
    const { say, search } = asked(words, { functions: [] });
    expect(search?.queries).toEqual([query]);
    expect(search?.sources.map(({ uri }) => new URL(uri).host)).toEqual(['example.com']);
    expect(search?.sources[0]?.title).toContain('made-up');
    expect(say).toContain('offline');
    expect(asked(words, { functions: [], canSearch: false })).not.toHaveProperty('search');
  });

  it.each([
    [{ output: 'a cat' }, 'From look: a cat.'],
    [{ error: 'It is dark' }, 'look failed: It is dark.'],
    [{ output: { people: [{ name: 'Ana' }, { name: 'Ben' }] } }, 'From look: 2 results, Ana and Ben.'],
    [{ found: [{ who: 'Ana', text: 'In May.' }] }, 'From look: 1 result, Ana: In May.'],
    [{ iso: '2026-11-25T20:00', timeZone: 'UTC' }, 'From look: iso 2026-11-25T20:00, time zone UTC.'],
    [{ found: [], linesSearched: 5 }, 'From look: found none, lines searched 5.'],
    [{}, 'From look: it is done.'],
  ])('tells the answer %j as a sentence', (response, sentence) => {
    const result = { name: 'look', response, silent: false };
    const entries = [
      user('Look.'),
      { role: 'model', text: '', speech: [], pictures: [], calls: [{ name: 'look', args: {} }] } as const,
      user('', { results: [result] }),
    ];
    expect(attend(entries, SITUATION).say).toBe(sentence);
    expect(attend([...entries, user('Thanks')], SITUATION).say).toBe(`${sentence} You are welcome.`);
    const silent = [...entries.slice(0, 2), user('', { results: [{ ...result, silent: true }] })];
    expect(attend(silent, SITUATION).say).toBeNull();
  });

  it('stays silent behind its own words', () => {
    expect(attend([{ role: 'model', text: 'Yes.', speech: [], pictures: [] }], SITUATION).say).toBeNull();
  });
});
