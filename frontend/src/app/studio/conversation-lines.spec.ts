import type { Actor, Event, EventBody } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { draftLines, eventLines } from './conversation-lines.ts';

const AMARA: Actor = { id: 'A'.repeat(22), name: 'Amara', kind: 'person' };
const BEN: Actor = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' };
const GEMINI: Actor = { id: 'gemini', name: 'Gemini', kind: 'ai' };
const NOON = new Date(2026, 10, 22, 12).getTime();

let seq = 0;
function event(actor: Actor, body: EventBody, at = NOON): Event {
  seq++;
  return { seq, at, key: `key-${seq}-000`, actor, body };
}
const chat = (text: string): EventBody => ({ type: 'chat', text });

describe('the lines of a conversation', () => {
  it('begin each day with its date', () => {
    const lines = eventLines([event(AMARA, chat('a')), event(AMARA, chat('b'), NOON + 86_400_000)], BEN.id);
    expect(lines.map(({ kind }) => kind)).toEqual(['day', 'chat', 'day', 'chat']);
  });

  it('say a name once for lines that follow each other closely', () => {
    const lines = eventLines(
      [
        event(AMARA, chat('a')),
        event(AMARA, chat('b'), NOON + 60_000),
        event(BEN, chat('c'), NOON + 61_000),
        event(AMARA, chat('d'), NOON + 62_000),
        event(AMARA, chat('e'), NOON + 62_000 + 6 * 60_000),
      ],
      BEN.id,
    );
    expect(lines.flatMap((line) => ('continued' in line ? [line.continued] : []))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('tell own lines from those of others', () => {
    const lines = eventLines([event(AMARA, chat('a')), event(BEN, chat('b'))], BEN.id);
    expect(lines.flatMap((line) => ('own' in line ? [line.own] : []))).toEqual([false, true]);
  });

  it('mark an answer that was interrupted', () => {
    const [, line] = eventLines([event(AMARA, { type: 'speech', text: 'So', interrupted: true })], undefined);
    expect(line).toMatchObject({ kind: 'speech', interrupted: true });
  });

  it('say in words who came and how they went', () => {
    const lines = eventLines(
      [
        event(AMARA, { type: 'participant.joined', role: 'member' }),
        event(AMARA, { type: 'participant.left', reason: 'lost' }),
        event(AMARA, { type: 'participant.left', reason: 'left' }),
      ],
      undefined,
    );
    expect(lines.flatMap((line) => (line.kind === 'system' ? [line.text] : []))).toEqual([
      'Amara joined',
      'Amara lost the connection',
      'Amara left',
    ]);
  });

  it('keep the key of a draft when it becomes an event', () => {
    const [draft] = draftLines(
      [{ key: 'turn-0001', participantId: AMARA.id, text: 'So' }],
      () => AMARA,
      BEN.id,
      undefined,
    );
    const lines = eventLines([{ ...event(AMARA, chat('So far.')), key: 'turn-0001' }], BEN.id);
    expect(lines.at(-1)?.key).toBe(draft?.key);
  });

  it('let a draft go on in the block of its author', () => {
    const before = eventLines([event(AMARA, chat('a'))], BEN.id).at(-1);
    const drafts = [
      { key: 'turn-0001', participantId: AMARA.id, text: 'b' },
      { key: 'turn-0002', participantId: BEN.id, text: 'c' },
    ];
    const lines = draftLines(drafts, (id) => (id === AMARA.id ? AMARA : BEN), BEN.id, before);
    expect(lines.map((line) => 'continued' in line && line.continued)).toEqual([true, false]);
  });

  it('name everybody who spoke at once, and let nobody go on in their block', () => {
    const both = { type: 'speech', text: 'Yes!', interrupted: false, speakers: [AMARA, BEN] } as const;
    const lines = eventLines(
      [
        event(AMARA, chat('a')),
        event(AMARA, { ...both, speakers: [...both.speakers] }),
        event(AMARA, chat('b')),
      ],
      undefined,
    );
    expect(lines.flatMap((line) => ('continued' in line ? [line.continued] : []))).toEqual([
      false,
      false,
      false,
    ]);
    expect(lines[2]).toMatchObject({ kind: 'speech', speakers: [AMARA, BEN] });
  });

  it('keep what a tool was given and what it answered', () => {
    const call = {
      name: 'who_is_here',
      args: '{}',
      result: '{"people":[]}',
      outcome: 'timeout',
      durationMs: 9,
    } as const;
    expect(eventLines([event(GEMINI, { type: 'tool.called', ...call })], undefined)[1]).toMatchObject({
      kind: 'tool',
      call,
    });
  });

  it('tell what Gemini was asked, and what it found where', () => {
    const sources = [{ title: 'Harvest', uri: 'https://example.org/' }];
    const lines = eventLines(
      [
        event(AMARA, { type: 'chat', text: 'How much?', ask: true }),
        event(GEMINI, { type: 'speech', text: '41 tonnes.', interrupted: false, sources }),
      ],
      undefined,
    );
    expect(lines.slice(1)).toMatchObject([{ asked: true }, { sources }]);
  });

  it('say one below the other what was changed of Gemini', () => {
    const body: EventBody = { type: 'live.settings', changes: ['Voice: Kore', 'Floor: open'] };
    expect(eventLines([event(AMARA, body)], undefined)[1]).toMatchObject({
      text: 'Amara changed how Gemini takes part\nVoice: Kore\nFloor: open',
    });
  });
});
