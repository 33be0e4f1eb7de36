import type { Actor, ClientKey, Event } from '@studio/contracts';
import type { Draft, Outgoing } from './conversation.ts';

interface Spoken {
  readonly key: string;
  readonly author: Actor;
  readonly text: string;
  readonly own: boolean;
  /** The author's name is not said again: the line before is theirs and only just over. */
  readonly continued: boolean;
}

/** One line of the conversation as it is shown. `key` stays the same when a draft or an outgoing line becomes an event. */
export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | {
      readonly kind: 'system';
      readonly key: string;
      readonly seq: number;
      readonly at: number;
      readonly author: Actor;
      readonly text: string;
    }
  | (Spoken & {
      readonly kind: 'chat' | 'speech';
      readonly seq: number;
      readonly at: number;
      readonly interrupted: boolean;
    })
  | (Spoken & { readonly kind: 'draft' })
  | (Spoken & {
      readonly kind: 'outgoing';
      readonly clientKey: ClientKey;
      readonly refusal: string | undefined;
    });

/** Lines of one author that follow each other within this are one block, in milliseconds. */
const BLOCK_MS = 5 * 60_000;

/** @param selfId id of the person who reads */
export function eventLines(events: readonly Event[], selfId: string | undefined): Line[] {
  const lines: Line[] = [];
  let before: Event | undefined;
  for (const event of events) {
    if (!before || dayOf(before.at) !== dayOf(event.at)) {
      lines.push({ kind: 'day', key: `day:${event.seq}`, at: event.at });
    }
    lines.push(eventLine(event, before, selfId));
    before = event;
  }
  return lines;
}

function eventLine(event: Event, before: Event | undefined, selfId: string | undefined): Line {
  const { seq, at, key, actor, body } = event;
  if (body.type !== 'chat' && body.type !== 'speech') {
    return { kind: 'system', key, seq, at, author: actor, text: systemText(event) };
  }
  return {
    kind: body.type,
    key,
    seq,
    at,
    author: actor,
    text: body.text,
    own: actor.id === selfId,
    continued:
      before !== undefined && isSpoken(before) && before.actor.id === actor.id && at - before.at < BLOCK_MS,
    interrupted: body.type === 'speech' && body.interrupted,
  };
}

/** @param before the last line of the events */
export function draftLines(
  drafts: readonly Draft[],
  authorOf: (participantId: string) => Actor,
  selfId: string | undefined,
  before: Line | undefined,
): Line[] {
  let last = before;
  return drafts.map(({ key, participantId, text }) => {
    const author = authorOf(participantId);
    const line: Line = {
      kind: 'draft',
      key,
      author,
      text,
      own: participantId === selfId,
      continued: follows(last, author),
    };
    last = line;
    return line;
  });
}

export function outgoingLines(outgoing: readonly Outgoing[], self: Actor, before: Line | undefined): Line[] {
  let last = before;
  return outgoing.map(({ key, clientKey, text, refusal }) => {
    const line: Line = {
      kind: 'outgoing',
      key,
      clientKey,
      author: self,
      text,
      own: true,
      continued: follows(last, self),
      refusal,
    };
    last = line;
    return line;
  });
}

function follows(before: Line | undefined, author: Actor): boolean {
  return before !== undefined && 'continued' in before && before.author.id === author.id;
}

function isSpoken({ body }: Event): boolean {
  return body.type === 'chat' || body.type === 'speech';
}

function systemText({ actor, body }: Event): string {
  switch (body.type) {
    case 'room.created':
      return `${actor.name} created the room “${body.name}”`;
    case 'participant.joined':
      return `${actor.name} joined`;
    case 'participant.left':
      return body.reason === 'left' ? `${actor.name} left` : `${actor.name} lost the connection`;
    case 'gemini.notice':
      return body.text;
    case 'tool.called':
      return `Gemini used ${body.name}`;
    case 'live.settings':
      return `${actor.name} changed how Gemini takes part: ${body.changes.join(', ')}`;
    case 'chat':
    case 'speech':
      return body.text;
  }
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}
