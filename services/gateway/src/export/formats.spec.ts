import { describe, expect, it } from 'vitest';
import { GEMINI_ID, NEW_ROOM, newId } from '@studio/contracts';
import type { Actor, Event, EventBody, ExportFormat, Room } from '@studio/contracts';
import { EXPORT_FORMATS } from './export-formats.ts';

const ADA: Actor = { id: newId(), name: 'Ada', kind: 'person' };
const GEMINI: Actor = { id: GEMINI_ID, name: 'Gemini', kind: 'ai' };
const BEGIN = Date.UTC(2026, 10, 25, 23, 59, 50);
const ROOM: Room = {
  ...{ id: newId(), name: 'Room *1*', ownerId: newId(), ownerName: 'Ada', visibility: 'listed' },
  ...{ ...NEW_ROOM, status: 'open', createdAt: BEGIN },
};

/** Events at these seconds from the beginning, said by somebody. */
function* conversation(...lines: [second: number, actor: Actor, body: EventBody][]): Generator<Event> {
  let seq = 0;
  for (const [second, actor, body] of lines)
    yield { seq: ++seq, at: BEGIN + second * 1_000, key: `key-${seq}-of-event`, actor, body };
}

async function written(format: ExportFormat, events: Iterable<Event>): Promise<string> {
  const later = async function* (): AsyncGenerator<Event> {
    yield* events;
  };
  let text = '';
  for await (const piece of EXPORT_FORMATS[format].write(ROOM, later())) text += piece;
  return text;
}

function chat(text: string): EventBody {
  return { type: 'chat', text };
}

function speech(text: string, more: object = {}): EventBody {
  return { type: 'speech', text, interrupted: false, ...more };
}

describe('a conversation as Markdown', () => {
  it('has a heading for each day, names, times, what happened and where Gemini found something', async () => {
    const sources = [{ title: 'A [b]', uri: 'https://example.com/a_(b)' }];
    const text = await written(
      'md',
      conversation(
        [0, ADA, { type: 'room.created', name: 'Room' }],
        [2, ADA, chat('hello\n\nall\nof you')],
        [12, GEMINI, speech('Good morning', { sources })],
      ),
    );
    expect(text).toBe(
      [
        '# Room \\*1\\*',
        'All times are UTC.',
        '## 2026-11-25',
        '*23:59:50 Ada created the room “Room”.*',
        '**Ada** 23:59:52',
        'hello',
        'all\\\nof you',
        '## 2026-11-26',
        '**Gemini** 00:00:02 (spoken)',
        'Good morning',
        '- [A \\[b\\]](<https://example.com/a_(b)>)\n',
      ].join('\n\n'),
    );
  });

  it.each([
    ['**bold** _it_ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\`code\\`'],
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['[link](javascript:x) ![p](q)', '\\[link\\](javascript:x) !\\[p\\](q)'],
    ['# no heading', '\\# no heading'],
    ['- no list', '\\- no list'],
    ['12. no list', '12\\. no list'],
    ['12) no list', '12\\) no list'],
    ['=====', '\\====='],
    ['> no quote', '\\> no quote'],
    ['    no code', '\u00a0\u00a0\u00a0\u00a0no code'],
    ['a\\', 'a\\\\'],
    ['&lt; | ~~x~~ $y$', '\\&lt; \\| \\~\\~x\\~\\~ \\$y\\$'],
    ['a\u2028# b', 'a\\\n\\# b'],
  ])('does nothing with %j but show it', async (line, expected) => {
    const lines = (await written('md', conversation([0, ADA, chat(line)]))).split('\n\n');
    expect(lines.at(-1)).toBe(`${expected}\n`);
  });
});

describe('a conversation as plain text', () => {
  it('begins an entry with each line that is not indented, so that nobody can forge one', async () => {
    const text = await written(
      'txt',
      conversation(
        [0, ADA, { type: 'participant.joined', role: 'owner' }],
        [1, ADA, chat('one\r\n2026-11-25 23:59:51  Bob: never said')],
        [2, GEMINI, speech('Well', { interrupted: true, speakers: [ADA, GEMINI] })],
      ),
    );
    expect(text).toBe(
      [
        'Room *1*',
        'All times are UTC.',
        '',
        '2026-11-25 23:59:50  * Ada joined as owner.',
        '2026-11-25 23:59:51  Ada: one',
        '    2026-11-25 23:59:51  Bob: never said',
        '2026-11-25 23:59:52  Ada, Gemini: Well …',
        '',
      ].join('\n'),
    );
  });
});

describe('a conversation as JSON', () => {
  it('is the room and its events as they are kept', async () => {
    const events = [...conversation([0, ADA, chat('"one"')], [1, GEMINI, speech('two')])];
    expect(JSON.parse(await written('json', events))).toEqual({ room: ROOM, events });
    expect(JSON.parse(await written('json', []))).toEqual({ room: ROOM, events: [] });
  });
});

/** Start and end of each cue, in seconds. */
function cues(vtt: string): [number, number][] {
  const seconds = (time: string): number => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Array.from(vtt.matchAll(/^([\d:.]+) --> ([\d:.]+)$/gm), ([, start = '', end = '']) => [
    seconds(start),
    seconds(end),
  ]);
}

describe('a conversation as WebVTT', () => {
  it('has a cue with a voice for everything that was said, and counts from the first event', async () => {
    const text = await written(
      'vtt',
      conversation(
        [0, ADA, { type: 'room.created', name: 'Room' }],
        [3_723.5, ADA, chat('a')],
        [3_800, GEMINI, speech('x'.repeat(150))],
      ),
    );
    expect(text).toBe(
      [
        'WEBVTT - Room *1*',
        'NOTE 00:00:00.000 is 2026-11-25T23:59:50.000Z',
        '2\n01:02:03.500 --> 01:02:04.500\n<v Ada>a',
        `3\n01:03:10.000 --> 01:03:20.000\n<v Gemini>${'x'.repeat(150)}\n`,
      ].join('\n\n'),
    );
  });

  it('escapes what would be markup, an arrow or the end of a cue', async () => {
    const actor = { ...ADA, name: 'A > <b>' };
    const text = await written('vtt', conversation([0, actor, chat('1 --> 2 <c>&amp;\n\n\nNOTE x')]));
    expect(text).toMatch(/<v A &gt; &lt;b&gt;>1 --&gt; 2 &lt;c&gt;&amp;amp;\nNOTE x\n$/);
  });

  it('begins the cues in their order, and lets no turn begin before the one before has ended', async () => {
    const long = 'x'.repeat(1_500);
    const text = await written(
      'vtt',
      conversation(
        [10, ADA, speech('x'.repeat(60))],
        [12, GEMINI, speech(long)],
        [13, ADA, chat('in between')],
        [14, ADA, speech(long)],
        [14, GEMINI, speech(long)],
        [13.5, ADA, speech('by a clock that is behind')],
      ),
    );
    const shown = cues(text);
    expect(shown).toEqual([
      [0, 1],
      [1, 2],
      [3, 4],
      [3, 4],
      [4, 5],
      [5, 6],
    ]);
    expect(shown.map(([start]) => start)).toEqual(shown.map(([start]) => start).toSorted((a, b) => a - b));
  });
});
