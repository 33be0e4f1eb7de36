import type { ClientKey, Event, IdempotencyKey, ParticipantId } from '@studio/contracts';

/** A turn while it is being spoken. */
export interface Draft {
  readonly key: IdempotencyKey;
  readonly participantId: ParticipantId;
  readonly text: string;
}

/** A tool that Gemini has called and that has not answered yet. */
export interface RunningTool {
  readonly key: IdempotencyKey;
  readonly name: string;
}

/** A line of this person that the room has not confirmed yet. */
export interface Outgoing {
  /** The key that its event will have. */
  readonly key: IdempotencyKey;
  /** The key with which it is said. */
  readonly clientKey: ClientKey;
  readonly text: string;
  /** It is for Gemini, whatever the room's addressing. */
  readonly ask: boolean;
  /** Why it was refused; undefined while it is on its way. */
  readonly refusal: string | undefined;
}

/** What has been said in a room, as far as it is known here. Never changed in place. */
export interface Conversation {
  /** In order, without gaps. */
  readonly events: readonly Event[];
  /** Events up to this sequence are not here and may be loaded. */
  readonly earlierThan: number;
  /** Sequence of the oldest event that is kept; those before it were deleted. */
  readonly oldest: number;
  readonly drafts: readonly Draft[];
  readonly tools: readonly RunningTool[];
  readonly outgoing: readonly Outgoing[];
}

export const EMPTY_CONVERSATION: Conversation = {
  events: [],
  earlierThan: 0,
  oldest: 1,
  drafts: [],
  tools: [],
  outgoing: [],
};

/** Everything known is forgotten; events after `since` follow, those before can be loaded. Own lines on their way stay. */
export function restarted(conversation: Conversation, since: number): Conversation {
  return { ...conversation, events: [], earlierThan: since, drafts: [], tools: [] };
}

/** With a new event at the end; it takes the place of the draft, the tool or the outgoing line with the same key. */
export function withEvent(conversation: Conversation, event: Event): Conversation {
  const last = conversation.events.at(-1)?.seq ?? conversation.earlierThan;
  if (event.seq <= last) return conversation;
  return {
    ...conversation,
    events: [...conversation.events, event],
    drafts: conversation.drafts.filter(({ key }) => key !== event.key),
    tools: conversation.tools.filter(({ key }) => key !== event.key),
    outgoing: conversation.outgoing.filter(({ key }) => key !== event.key),
  };
}

/** Whether something before what is here can be loaded. */
export function hasEarlier({ earlierThan, oldest }: Conversation): boolean {
  return earlierThan >= oldest;
}

/**
 * With a page of history in front; what is known already is left out.
 * @param oldest sequence of the oldest event that is kept
 */
export function withHistory(
  conversation: Conversation,
  page: readonly Event[],
  oldest: number,
): Conversation {
  const earlier = page.filter(({ seq }) => seq <= conversation.earlierThan);
  const first = earlier[0];
  return {
    ...conversation,
    events: [...earlier, ...conversation.events],
    earlierThan: first ? first.seq - 1 : conversation.earlierThan,
    // An empty page means that there is nothing more, whatever the numbers say.
    oldest: first ? oldest : conversation.earlierThan + 1,
  };
}

/** With the text of a draft as it is now. A draft whose event is there already is late, and ignored. */
export function withDraft(conversation: Conversation, draft: Draft): Conversation {
  if (conversation.events.some(({ key }) => key === draft.key)) return conversation;
  const known = conversation.drafts.some(({ key }) => key === draft.key);
  const drafts = known
    ? conversation.drafts.map((other) => (other.key === draft.key ? draft : other))
    : [...conversation.drafts, draft];
  return { ...conversation, drafts };
}

export function withoutDraft(conversation: Conversation, key: IdempotencyKey): Conversation {
  return { ...conversation, drafts: conversation.drafts.filter((draft) => draft.key !== key) };
}

/** Without what was going on at the moment. */
export function withoutDrafts(conversation: Conversation): Conversation {
  return { ...conversation, drafts: [], tools: [] };
}

/** With a tool that begins. One whose event is there already is late, and ignored. */
export function withTool(conversation: Conversation, tool: RunningTool): Conversation {
  const known = [...conversation.tools, ...conversation.events].some(({ key }) => key === tool.key);
  return known ? conversation : { ...conversation, tools: [...conversation.tools, tool] };
}

export function withoutTool(conversation: Conversation, key: IdempotencyKey): Conversation {
  return { ...conversation, tools: conversation.tools.filter((tool) => tool.key !== key) };
}

/** With an own line that is new, or has a new state. */
export function withOutgoing(conversation: Conversation, line: Outgoing): Conversation {
  if (conversation.events.some(({ key }) => key === line.key)) return conversation;
  const known = conversation.outgoing.some(({ key }) => key === line.key);
  const outgoing = known
    ? conversation.outgoing.map((other) => (other.key === line.key ? line : other))
    : [...conversation.outgoing, line];
  return { ...conversation, outgoing };
}
