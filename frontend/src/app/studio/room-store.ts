import { Service, computed, inject, signal } from '@angular/core';
import type { Closed, ConnectionState } from '@studio/client';
import { RoomConnection } from '@studio/client';
import type {
  Actor,
  ClientKey,
  Event,
  FloorAction,
  Knock,
  LiveInfo,
  LiveStatus,
  MediaState,
  Participant,
  Role,
  Room,
  RoomId,
  Signal as RoomSignal,
  Welcome,
} from '@studio/contracts';
import { GEMINI_ID, IDLE, StudioError, newId, ownKey } from '@studio/contracts';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { errorWords } from '../ui/error-words.ts';
import type { Conversation } from './conversation.ts';
import {
  EMPTY_CONVERSATION,
  hasEarlier,
  restarted,
  withDraft,
  withEvent,
  withHistory,
  withOutgoing,
  withTool,
  withoutDraft,
  withoutDrafts,
  withoutTool,
} from './conversation.ts';
import { draftLines, outgoingLines, toolLines } from './conversation-lines.ts';
import { LineMaker } from './line-maker.ts';

const GEMINI: Actor = { id: GEMINI_ID, name: 'Gemini', kind: 'ai' };

/** One room as it is now, for as long as its page is open. */
@Service({ autoProvided: false })
export class RoomStore {
  readonly #api = inject(STUDIO_API);
  readonly #session = inject(SessionStore);
  readonly #connection = signal<RoomConnection | undefined>(undefined);
  readonly #state = signal<ConnectionState>('connecting');
  readonly #closed = signal<Closed | undefined>(undefined);
  readonly #welcome = signal<Welcome | undefined>(undefined);
  readonly #room = signal<Room | undefined>(undefined);
  readonly #role = signal<Role | undefined>(undefined);
  readonly #participants = signal<readonly Participant[]>([]);
  readonly #lobby = signal<readonly Knock[]>([]);
  readonly #live = signal<LiveStatus>(IDLE);
  readonly #conversation = signal<Conversation>(EMPTY_CONVERSATION);
  readonly #loadingEarlier = signal(false);
  readonly #historyProblem = signal<string | undefined>(undefined);

  readonly connection = this.#connection.asReadonly();
  readonly state = this.#state.asReadonly();
  /** Why it is over for good; undefined as long as it is not. */
  readonly closed = this.#closed.asReadonly();
  readonly room = this.#room.asReadonly();
  /** Of this person. */
  readonly role = this.#role.asReadonly();
  /** Another one after every reconnect; undefined before the first welcome. */
  readonly connectionId = computed(() => this.#welcome()?.connectionId);
  readonly liveInfo = computed<LiveInfo | undefined>(() => this.#welcome()?.liveInfo);
  readonly live = this.#live.asReadonly();
  readonly selfId = computed(() => this.#session.user()?.id);
  readonly participants = this.#participants.asReadonly();
  /** Who knocks, the one who has waited longest first. */
  readonly lobby = this.#lobby.asReadonly();
  readonly self = computed(() => this.#participants().find(({ id }) => id === this.selfId()));
  readonly events = computed(() => this.#conversation().events);
  readonly hasEarlier = computed(() => hasEarlier(this.#conversation()));
  /** Events up to this sequence are not here. */
  readonly earlierThan = computed(() => this.#conversation().earlierThan);
  /** Sequence of the oldest event that is kept: more than 1 when older ones were deleted. */
  readonly oldest = computed(() => this.#conversation().oldest);
  /** Whether the events that were there when the connection opened have come. */
  readonly caughtUp = computed(() => (this.events().at(-1)?.seq ?? 0) >= (this.#welcome()?.head ?? Infinity));
  readonly loadingEarlier = this.#loadingEarlier.asReadonly();
  readonly historyProblem = this.#historyProblem.asReadonly();

  readonly #made = new LineMaker();
  readonly #eventLines = computed(() => this.#made.lines(this.events(), this.selfId()));
  /** The conversation as it is shown: events, then what is going on, then own lines on their way. */
  readonly lines = computed(() => {
    const events = this.#eventLines();
    const { drafts, tools, outgoing } = this.#conversation();
    const selfId = this.selfId();
    const spoken = [...events, ...draftLines(drafts, (id) => this.#actor(id), selfId, events.at(-1))];
    const self = this.#actor(selfId ?? '');
    const running = toolLines(tools, GEMINI);
    return [...spoken, ...running, ...outgoingLines(outgoing, self, running.at(-1) ?? spoken.at(-1))];
  });

  enter(roomId: RoomId): void {
    const connection = new RoomConnection({ api: this.#api, roomId });
    connection.on('state', (state) => this.#state.set(state));
    connection.on('welcome', (welcome) => this.#onWelcome(welcome));
    connection.on('reset', ({ since }) => this.#conversation.update((known) => restarted(known, since)));
    connection.on('event', (event) => this.#conversation.update((known) => withEvent(known, event)));
    connection.on('room', (room) => this.#room.set(room));
    connection.on('role', (role) => this.#role.set(role));
    connection.on('signal', (message) => this.#onSignal(message));
    connection.on('closed', (closed) => this.#closed.set(closed));
    this.#closed.set(undefined);
    this.#connection.set(connection);
    connection.open();
  }

  /** The others see at once that this person went. */
  leave(): void {
    this.#connection()?.leave();
  }

  /**
   * Says something; how it goes is seen in {@link lines}. With the key of a refused line it is said again.
   * @param ask Gemini shall answer it, whatever the room's addressing
   */
  async say(text: string, ask: boolean, clientKey: ClientKey = newId()): Promise<void> {
    const connection = this.#connection();
    const selfId = this.selfId();
    if (!connection || selfId === undefined) return;
    const line = { key: ownKey(selfId, clientKey), clientKey, text, ask };
    this.#conversation.update((known) => withOutgoing(known, { ...line, refusal: undefined }));
    try {
      await connection.chat(text, { key: clientKey, ask });
    } catch (error) {
      this.#conversation.update((known) => withOutgoing(known, { ...line, refusal: errorWords(error) }));
    }
  }

  /** Tells the room what this person sends. @throws StudioError when it is refused */
  async setMedia(media: MediaState): Promise<void> {
    try {
      await this.#connection()?.setMedia(media);
    } catch (error) {
      // The connection says it again when it is back; when it is over for good, the page says why.
      if (this.#closed()) return;
      if (!(error instanceof StudioError && (error.code === 'unavailable' || error.code === 'closed')))
        throw error;
    }
  }

  /** Gemini shall answer what is being said, or was said last. @throws StudioError */
  async ask(): Promise<void> {
    await this.#connection()?.ask();
  }

  /** Asks for the floor, gives it back, or moderates it. @throws StudioError */
  async floor(action: FloorAction): Promise<void> {
    await this.#connection()?.floor(action);
  }

  /** Stops what Gemini is saying. @throws StudioError */
  async interrupt(): Promise<void> {
    await this.#connection()?.interrupt();
  }

  /** Loads the page of history before what is known. Never rejects: see {@link historyProblem}. */
  async loadEarlier(): Promise<void> {
    const room = this.room();
    const { earlierThan } = this.#conversation();
    if (!room || !this.hasEarlier() || this.#loadingEarlier()) return;
    this.#loadingEarlier.set(true);
    this.#historyProblem.set(undefined);
    try {
      const { events, first } = await this.#api.history(room.id, { before: earlierThan + 1 });
      this.#join(earlierThan, events, first);
    } catch (error) {
      this.#historyProblem.set(errorWords(error));
    } finally {
      this.#loadingEarlier.set(false);
    }
  }

  /** Puts events in front of what is known, which they must reach up to. */
  prepend(events: readonly Event[], oldest: number): void {
    this.#join(this.#conversation().earlierThan, events, oldest);
  }

  #join(earlierThan: number, events: readonly Event[], oldest: number): void {
    // A reset in the meantime has begun another conversation.
    this.#conversation.update((known) =>
      known.earlierThan === earlierThan ? withHistory(known, events, oldest) : known,
    );
  }

  #onWelcome(welcome: Welcome): void {
    this.#welcome.set(welcome);
    this.#room.set(welcome.room);
    this.#role.set(welcome.role);
    this.#participants.set(welcome.participants);
    this.#lobby.set(inTurn(welcome.lobby));
    this.#live.set(welcome.live);
    // What was being spoken while the connection was away has gone on unheard.
    this.#conversation.update(withoutDrafts);
  }

  #onSignal(message: RoomSignal): void {
    switch (message.type) {
      case 'participant':
        this.#participants.update((known) => withParticipant(known, message.participant));
        break;
      case 'participant.gone':
        this.#participants.update((known) => known.filter(({ id }) => id !== message.participantId));
        break;
      case 'lobby':
        this.#lobby.set(inTurn(message.waiting));
        break;
      case 'transcript':
        this.#conversation.update((known) => withDraft(known, message));
        break;
      case 'transcript.dropped':
        this.#conversation.update((known) => withoutDraft(known, message.key));
        break;
      case 'tool':
        this.#conversation.update((known) =>
          message.state === 'running' ? withTool(known, message) : withoutTool(known, message.key),
        );
        break;
      case 'live':
        this.#live.set(message.status);
        break;
    }
  }

  /** Name of a participant, also of one who is gone. */
  nameOf(id: string): string {
    return this.#actor(id).name;
  }

  /** Who a participant id means: those who are gone are known by what they said. */
  #actor(id: string): Actor {
    if (id === GEMINI_ID) return GEMINI;
    const present = this.#participants().find((participant) => participant.id === id);
    return present ?? lastActor(this.events(), id) ?? { id, name: 'Somebody', kind: 'person' };
  }
}

function inTurn(waiting: readonly Knock[]): readonly Knock[] {
  return waiting.toSorted((a, b) => a.at - b.at);
}

function withParticipant(known: readonly Participant[], participant: Participant): readonly Participant[] {
  const index = known.findIndex(({ id }) => id === participant.id);
  return index < 0 ? [...known, participant] : known.with(index, participant);
}

function lastActor(events: readonly Event[], id: string): Actor | undefined {
  return events.findLast(({ actor }) => actor.id === id)?.actor;
}
