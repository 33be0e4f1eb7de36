import type { Event, EventBody } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import {
  EMPTY_CONVERSATION,
  restarted,
  withDraft,
  withEvent,
  hasEarlier,
  withHistory,
  withOutgoing,
  withTool,
  withoutDraft,
  withoutTool,
} from './conversation.ts';

const AMARA = { id: 'A'.repeat(22), name: 'Amara', kind: 'person' } as const;

function event(
  seq: number,
  body: EventBody = { type: 'chat', text: `line ${seq}` },
  key = `key-${seq}-00`,
): Event {
  return { seq, at: seq * 1_000, key, actor: AMARA, body };
}

const seqs = (events: readonly Event[]) => events.map(({ seq }) => seq);

describe('a conversation', () => {
  it('grows by events in order and takes each once', () => {
    const conversation = [event(1), event(2), event(2), event(1), event(3)].reduce(
      withEvent,
      EMPTY_CONVERSATION,
    );
    expect(seqs(conversation.events)).toEqual([1, 2, 3]);
  });

  it('puts a page of history in front, without what is there already', () => {
    const live = withEvent(restarted(EMPTY_CONVERSATION, 150), event(151));
    const page = Array.from({ length: 100 }, (_, i) => event(52 + i));
    const conversation = withHistory(live, page, 1);
    expect(seqs(conversation.events).slice(0, 2)).toEqual([52, 53]);
    expect(seqs(conversation.events).slice(-2)).toEqual([150, 151]);
    expect(conversation.events).toHaveLength(100);
    expect(conversation.earlierThan).toBe(51);
  });

  it('knows its begin when the first event or an empty page has come', () => {
    const conversation = restarted(EMPTY_CONVERSATION, 2);
    expect(withHistory(conversation, [event(1), event(2)], 1).earlierThan).toBe(0);
    expect(hasEarlier(withHistory(conversation, [], 1))).toBe(false);
  });

  it('forgets everything but own lines on their way when it starts again', () => {
    const outgoing = {
      key: 'mine-0001',
      clientKey: 'mine-0001',
      text: 'hello',
      ask: false,
      refusal: undefined,
    };
    const conversation = restarted(withOutgoing(withEvent(EMPTY_CONVERSATION, event(1)), outgoing), 40);
    expect(conversation.events).toEqual([]);
    expect(conversation.earlierThan).toBe(40);
    expect(conversation.outgoing).toEqual([outgoing]);
  });

  it('shows a draft as its newest text, once', () => {
    const draft = { key: 'turn-0001', participantId: 'gemini', text: 'So' };
    const conversation = withDraft(withDraft(EMPTY_CONVERSATION, draft), { ...draft, text: 'So far' });
    expect(conversation.drafts.map(({ text }) => text)).toEqual(['So far']);
  });

  it('replaces a draft and an outgoing line by the event with the same key', () => {
    const before = withOutgoing(
      withDraft(EMPTY_CONVERSATION, { key: 'turn-0001', participantId: 'gemini', text: 'So' }),
      { key: 'mine-0001', clientKey: 'mine-0001', text: 'hello', ask: false, refusal: undefined },
    );
    const spoken = withEvent(
      before,
      event(1, { type: 'speech', text: 'So far.', interrupted: false }, 'turn-0001'),
    );
    expect(spoken.drafts).toEqual([]);
    expect(spoken.outgoing).toHaveLength(1);
    expect(withEvent(spoken, event(2, undefined, 'mine-0001')).outgoing).toEqual([]);
  });

  it('ignores a draft or a refusal that comes after its event', () => {
    const conversation = withEvent(EMPTY_CONVERSATION, event(1, undefined, 'turn-0001'));
    expect(
      withDraft(conversation, { key: 'turn-0001', participantId: 'gemini', text: 'late' }).drafts,
    ).toEqual([]);
    const late = { key: 'turn-0001', clientKey: 'turn-0001', text: 'x', ask: false, refusal: 'Timed out.' };
    expect(withOutgoing(conversation, late).outgoing).toEqual([]);
  });

  it('drops a draft that ended without words', () => {
    const conversation = withDraft(EMPTY_CONVERSATION, {
      key: 'turn-0001',
      participantId: 'gemini',
      text: '',
    });
    expect(withoutDraft(conversation, 'turn-0001').drafts).toEqual([]);
  });

  it('shows a tool while it runs, and its event in its place', () => {
    const tool = { key: 'tool-0001', name: 'who_is_here' };
    const running = withTool(withTool(EMPTY_CONVERSATION, tool), tool);
    expect(running.tools).toEqual([tool]);
    expect(withoutTool(running, tool.key).tools).toEqual([]);
    const called = { name: tool.name, args: '{}', result: '{}', outcome: 'ok', durationMs: 1 } as const;
    const ended = withEvent(running, event(1, { type: 'tool.called', ...called }, tool.key));
    expect(ended.tools).toEqual([]);
    expect(withTool(ended, tool).tools).toEqual([]);
    expect(restarted(running, 0).tools).toEqual([]);
  });
});
