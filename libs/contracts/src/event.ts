import * as z from 'zod';
import { Id, IdempotencyKey } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Actor, DisplayName } from './participant.ts';
import { Role } from './permissions.ts';
import { Room } from './room.ts';

/** Longest transcript of one turn that is kept, in characters: about an hour of speech. */
const TRANSCRIPT_CHARACTERS = 60_000;

/** Most that is kept of a tool's arguments and of its answer, in characters each. */
export const TOOL_CHARACTERS = 2_000;

const Person = z.object({ id: Id, name: DisplayName });

const WebSource = z.object({ title: z.string().max(300), uri: z.url({ protocol: /^https?$/ }).max(2_000) });

/** What happened. The actor stands beside it, in {@link Event}. */
export const EventBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('room.created'), name: DisplayName }),
  z.object({ type: z.literal('participant.joined'), role: Role }),
  z.object({ type: z.literal('participant.left'), reason: z.enum(['left', 'lost']) }),
  /** A typed line. */
  z.object({
    type: z.literal('chat'),
    text: z.string().trim().min(1).max(LIMITS.chatCharacters),
    /** It is for Gemini, whatever the room's addressing. */
    ask: z.boolean().optional(),
  }),
  /** A spoken turn, of a person or of Gemini, as its transcript. */
  z.object({
    type: z.literal('speech'),
    text: z.string().trim().min(1).max(TRANSCRIPT_CHARACTERS),
    /** Gemini was stopped before it had said everything. */
    interrupted: z.boolean(),
    /** Everybody who spoke, when several did at once (floor policy `mix`); the actor is the one who spoke most. */
    speakers: z.array(Actor).min(2).max(50).optional(),
    /** Where Gemini found what it says, when it searched the web. */
    sources: z.array(WebSource).max(50).optional(),
  }),
  /** A tool that Gemini called has ended. */
  z.object({
    type: z.literal('tool.called'),
    /** What the service called it; a call that is asked for again, on another connection, has the same id and is not run again. */
    callId: z.string().max(200).optional(),
    /** Of the function, as it is declared. */
    name: z.string().min(1).max(64),
    /** JSON of what it was called with and of what it answered, both cut to what is kept. */
    args: z.string().max(TOOL_CHARACTERS),
    result: z.string().max(TOOL_CHARACTERS),
    outcome: z.enum(['ok', 'error', 'timeout', 'cancelled']),
    durationMs: z.int().nonnegative(),
  }),
  /** Somebody has changed how Gemini takes part. */
  z.object({ type: z.literal('live.settings'), changes: z.array(z.string().max(500)).max(50) }),
  /** Somebody has changed the room's settings: what in plain words, and the room as it is now. */
  z.object({ type: z.literal('room.changed'), changes: z.array(z.string().max(500)).max(20), room: Room }),
  /** Closed for all: everybody leaves, and nothing is said until it is reopened. */
  z.object({ type: z.literal('room.closed') }),
  z.object({ type: z.literal('room.reopened') }),
  /** The actor has given somebody a role. With `owner`, the former owner's new role is another event. */
  z.object({ type: z.literal('participant.role'), participant: Person, role: Role }),
  /** The actor has put somebody out, who may not come back until they are taken back. */
  z.object({ type: z.literal('participant.removed'), participant: Person }),
  z.object({ type: z.literal('participant.restored'), participant: Person }),
  /** The actor has switched somebody's microphone off; they may switch it on again. */
  z.object({ type: z.literal('participant.muted'), participant: Person }),
  /** What was said before this time (milliseconds since the epoch) has been deleted, as the room's retention says. */
  z.object({ type: z.literal('conversation.expired'), before: z.int().nonnegative() }),
  /** Something about the Live session that people in the room should know, in plain words. */
  z.object({ type: z.literal('gemini.notice'), text: z.string().min(1).max(500) }),
]);
export type EventBody = z.infer<typeof EventBody>;

/** One durable line of a room's conversation. `seq` is contiguous in its room and begins with 1. */
export const Event = z.object({
  seq: z.int().positive(),
  /** When it was appended, milliseconds since the epoch. */
  at: z.int().nonnegative(),
  key: IdempotencyKey,
  actor: Actor,
  body: EventBody,
});
export type Event = z.infer<typeof Event>;

/**
 * A part of a room's conversation: `events` in order; `head` is the sequence of the newest event of the room, `first` that of the oldest one
 * that is kept (1 unless retention has deleted some).
 */
export const EventPage = z.object({
  events: z.array(Event),
  head: z.int().nonnegative(),
  first: z.int().positive().default(1),
});
export type EventPage = z.infer<typeof EventPage>;
