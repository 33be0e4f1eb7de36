import type { Actor, ClientKey, Event, EventBody, GivenRole } from '@studio/contracts';
import type { Draft, Outgoing, RunningTool } from './conversation.ts';

type Speech = Extract<EventBody, { type: 'speech' }>;
export type ToolCall = Omit<Extract<EventBody, { type: 'tool.called' }>, 'type' | 'callId'>;
export type WebSource = NonNullable<Speech['sources']>[number];

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
  | {
      readonly kind: 'tool';
      readonly key: string;
      readonly seq: number;
      readonly at: number;
      readonly author: Actor;
      readonly call: ToolCall;
    }
  | { readonly kind: 'running'; readonly key: string; readonly author: Actor; readonly name: string }
  | (Spoken & {
      readonly kind: 'chat';
      readonly seq: number;
      readonly at: number;
      /** Gemini was asked to answer it. */
      readonly asked: boolean;
    })
  | (Spoken & {
      readonly kind: 'speech';
      readonly seq: number;
      readonly at: number;
      readonly interrupted: boolean;
      /** Everybody who spoke at once; empty when one did alone. */
      readonly speakers: readonly Actor[];
      readonly sources: readonly WebSource[];
    })
  | (Spoken & { readonly kind: 'draft' })
  | (Spoken & {
      readonly kind: 'outgoing';
      readonly clientKey: ClientKey;
      readonly ask: boolean;
      readonly refusal: string | undefined;
    });

/** Lines of one author that follow each other within this are one block, in milliseconds. */
const BLOCK_MS = 5 * 60_000;

/**
 * @param selfId id of the person who reads
 * @param previous the event before the first of these
 */
export function eventLines(events: readonly Event[], selfId: string | undefined, previous?: Event): Line[] {
  const lines: Line[] = [];
  let before = previous;
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
  const { seq, at, key, actor: author, body } = event;
  const line = { key, seq, at, author };
  if (body.type === 'tool.called') {
    const { name, args, result, outcome, durationMs } = body;
    return { ...line, kind: 'tool', call: { name, args, result, outcome, durationMs } };
  }
  if (body.type !== 'chat' && body.type !== 'speech') {
    return { ...line, kind: 'system', text: systemText(author, body) };
  }
  const spoken = {
    ...line,
    text: body.text,
    own: author.id === selfId,
    continued: before !== undefined && isOneBlock(before, event),
  };
  if (body.type === 'chat') return { ...spoken, kind: 'chat', asked: body.ask === true };
  const { interrupted, speakers = [], sources = [] } = body;
  return { ...spoken, kind: 'speech', interrupted, speakers, sources };
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

export function toolLines(tools: readonly RunningTool[], gemini: Actor): Line[] {
  return tools.map(({ key, name }) => ({ kind: 'running', key, author: gemini, name }));
}

export function outgoingLines(outgoing: readonly Outgoing[], self: Actor, before: Line | undefined): Line[] {
  let last = before;
  return outgoing.map(({ key, clientKey, text, ask, refusal }) => {
    const line: Line = {
      kind: 'outgoing',
      key,
      clientKey,
      author: self,
      text,
      own: true,
      continued: follows(last, self),
      ask,
      refusal,
    };
    last = line;
    return line;
  });
}

function follows(before: Line | undefined, author: Actor): boolean {
  return before !== undefined && 'continued' in before && before.author.id === author.id;
}

function isOneBlock(before: Event, event: Event): boolean {
  return (
    speakersOf(before) !== undefined &&
    speakersOf(before) === speakersOf(event) &&
    event.at - before.at < BLOCK_MS
  );
}

/** The ids of those whose words a line is; undefined when it is not words of anybody. */
function speakersOf({ actor, body }: Event): string | undefined {
  if (body.type === 'chat') return actor.id;
  if (body.type !== 'speech') return undefined;
  return body.speakers?.map(({ id }) => id).join(' ') ?? actor.id;
}

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

const ROLE_WORDS: Record<GivenRole, string> = {
  moderator: 'a moderator',
  member: 'a member',
  viewer: 'a viewer',
};

type SystemBody = Exclude<EventBody, { type: 'chat' | 'speech' | 'tool.called' }>;

function systemText(author: Actor, body: SystemBody): string {
  const { name } = author;
  switch (body.type) {
    case 'room.created':
      return `${name} created the room “${body.name}”`;
    case 'participant.joined':
      return `${name} joined`;
    case 'participant.left':
      return body.reason === 'left' ? `${name} left` : `${name} lost the connection`;
    case 'gemini.notice':
      return body.text;
    case 'live.settings':
      return [`${name} changed how Gemini takes part`, ...body.changes].join('\n');
    case 'room.changed':
      return [`${name} changed the room`, ...body.changes].join('\n');
    case 'room.closed':
      return `${name} closed the room for everybody`;
    case 'room.reopened':
      return `${name} reopened the room`;
    case 'participant.role':
      return body.role === 'owner'
        ? `${name} handed the room over to ${body.participant.name}`
        : `${body.participant.name} is ${ROLE_WORDS[body.role]} now${author.id === body.participant.id ? '' : `, by ${name}`}`;
    case 'participant.removed':
      return `${name} removed ${body.participant.name}`;
    case 'participant.restored':
      return `${name} lets ${body.participant.name} come back`;
    case 'participant.muted':
      return `${name} switched off the microphone of ${body.participant.name}`;
    case 'conversation.expired':
      return `What was said before ${DATE.format(body.before)} was deleted, as the room’s settings say`;
  }
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}
