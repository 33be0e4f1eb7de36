import { newId } from '@studio/contracts';
import type { Event, EventBody } from '@studio/contracts';
import { expect, it } from 'vitest';
import { LIMITS_OF_CALLS, scriptedContext } from '../../testing/tools.ts';
import { runTool } from '../run-tool.ts';
import type { Tool, ToolContext } from '../tool.ts';
import { currentTime } from './current-time.ts';
import { searchConversation } from './search-conversation.ts';
import { whoIsHere } from './who-is-here.ts';

const never = new AbortController().signal;

async function call(tool: Tool, args: unknown, room: ToolContext): Promise<unknown> {
  const limits = { ...LIMITS_OF_CALLS, answerCharacters: 100_000 };
  const { outcome, response } = await runTool(tool, args, {
    room,
    limits,
    cancelled: never,
    deadline: never,
  });
  return outcome === 'ok' ? response['output'] : response['error'];
}

function conversation(lines: readonly [name: string, text: string][], repeat = 1): Event[] {
  const all = Array.from({ length: repeat }, () => lines).flat();
  return all.map(([name, text], index) => {
    const body: EventBody =
      index % 2 === 0 ? { type: 'chat', text } : { type: 'speech', text, interrupted: false };
    const actor = { id: newId(), name, kind: 'person' as const };
    return { seq: index + 1, at: Date.UTC(2026, 10, 25, 9, index), key: newId(), actor, body };
  });
}

const MEETING = conversation([
  ['Ana', 'Good morning, everybody.'],
  ['Ben Müller', 'The budget for the new office is 40,000 euros.'],
  ['Ana', 'We said the office opens in May.'],
  ['Cleo', 'Budgets are always too small.'],
  ['Ben Müller', 'The café round the corner has good coffee.'],
]);

it('finds what was said, the best first, with who said it and when', async () => {
  expect(
    await call(searchConversation, { query: 'office budget', limit: 2 }, scriptedContext(MEETING)),
  ).toEqual({
    found: [
      {
        who: 'Ben Müller',
        when: '2026-11-25T09:01:00.000Z',
        text: 'The budget for the new office is 40,000 euros.',
      },
      { who: 'Ana', when: '2026-11-25T09:02:00.000Z', text: 'We said the office opens in May.' },
    ],
    linesSearched: 5,
  });
});

it('finds words without their accents and case, longer words by their beginning, and only what one person said', async () => {
  const search = (args: object) => call(searchConversation, args, scriptedContext(MEETING));
  expect(await search({ query: 'CAFE' })).toMatchObject({
    found: [{ text: expect.stringContaining('café') as string }],
  });
  expect(await search({ query: 'budget', person: 'cleo' })).toMatchObject({
    found: [{ who: 'Cleo' }],
    linesSearched: 1,
  });
  expect(await search({ query: 'coffee', person: 'muller' })).toMatchObject({
    found: [{ who: 'Ben Müller' }],
  });
  expect(await search({ query: 'submarine' })).toEqual({ found: [], linesSearched: 5 });
});

it('ranks the words in their order above the same words apart', async () => {
  const room = scriptedContext(
    conversation([
      ['Ana', 'The red house is on the hill, and a boat is green.'],
      ['Ben', 'The boat is red, the house is green.'],
      ['Cleo', 'A house, a boat.'],
    ]),
  );
  expect(await call(searchConversation, { query: 'red house', limit: 1 }, room)).toMatchObject({
    found: [{ who: 'Ana' }],
  });
});

it('looks through a bounded part of a long conversation, and says so', async () => {
  const hay = Array.from({ length: 99 }, (): [string, string] => ['Ben', 'hay']);
  const room = scriptedContext(conversation([['Ana', 'needle'], ...hay], 70));
  const answer = await call(searchConversation, { query: 'needle', limit: 20 }, room);
  expect(answer).toMatchObject({ linesSearched: 5_000, remark: expect.stringContaining('5000') as string });
  expect(room.reads).toBe(25);
});

it('reads a whole conversation once', async () => {
  const room = scriptedContext(conversation([['Ana', 'needle']], 1_200));
  expect(await call(searchConversation, { query: 'needle', limit: 1 }, room)).toMatchObject({
    linesSearched: 1_200,
  });
  expect(room.reads).toBe(6);
});

it('tells who is here', async () => {
  const people = [
    { name: 'Ana', role: 'owner' as const, muted: false, hasFloor: true },
    { name: 'Ben', role: 'viewer' as const, muted: true, hasFloor: false },
  ];
  expect(await call(whoIsHere, {}, scriptedContext([], people))).toEqual({ people });
});

it.each([
  [undefined, { iso: '2026-11-25T20:00:00+00:00', weekday: 'Wednesday', timeZone: 'UTC' }],
  ['Europe/Berlin', { iso: '2026-11-25T21:00:00+01:00', weekday: 'Wednesday', timeZone: 'Europe/Berlin' }],
  ['Asia/Kolkata', { iso: '2026-11-26T01:30:00+05:30', weekday: 'Thursday', timeZone: 'Asia/Kolkata' }],
  ['Middle/Earth', expect.stringContaining('is not an IANA time zone') as string],
])('tells the time in %s', async (timeZone, answer) => {
  expect(await call(currentTime, { timeZone }, scriptedContext())).toEqual(answer);
});
