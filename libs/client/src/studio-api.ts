import type {
  CreateRoomBody,
  EnterBody,
  EntranceView,
  ErrorCode,
  EventPage,
  ExportFormat,
  GivenRole,
  Invite,
  InviteBody,
  LiveSettings,
  Member,
  MemberBody,
  MemberList,
  Role,
  RoomChange,
  RoomHits,
  RoomList,
  RoomLiveView,
  RoomScope,
  RoomView,
  StudioHits,
  StudioView,
  TicketView,
  User,
} from '@studio/contracts';
import {
  EntranceView as EntranceViewSchema,
  EventPage as EventPageSchema,
  Invite as InviteSchema,
  InviteList,
  Member as MemberSchema,
  MemberList as MemberListSchema,
  Room,
  RoomHits as RoomHitsSchema,
  RoomList as RoomListSchema,
  RoomLiveView as RoomLiveViewSchema,
  RoomView as RoomViewSchema,
  SessionView,
  SignedInView,
  newId,
  StudioError,
  StudioHits as StudioHitsSchema,
  StudioView as StudioViewSchema,
} from '@studio/contracts';
import { ApiRequests, query } from './api-requests.ts';
import type { StudioApiOptions } from './api-requests.ts';

/** Which page of a list: without a cursor the first one. */
export interface Page {
  cursor?: string | undefined;
  /** Entries of the page, at most. */
  limit?: number | undefined;
}

/** Errors after which what was asked for may have been done all the same. */
const NO_ANSWER: ReadonlySet<ErrorCode> = new Set(['unavailable', 'timeout', 'internal']);

/** The studio's HTTP API. Every method rejects with a `StudioError`. */
export class StudioApi {
  readonly #requests: ApiRequests;
  /** The room that was asked for last, when nobody knows whether it is there. */
  #unanswered: { readonly asked: string; readonly key: string } | undefined;

  constructor(options: StudioApiOptions) {
    this.#requests = new ApiRequests(options);
  }

  /** Without a slash at its end. */
  get baseUrl(): string {
    return this.#requests.baseUrl;
  }

  studio(): Promise<StudioView> {
    return this.#requests.ask(StudioViewSchema, 'GET', '/api/studio');
  }

  /** Who is signed in; undefined when nobody is. */
  async session(): Promise<User | undefined> {
    return (await this.#requests.ask(SessionView, 'GET', '/api/session')).user ?? undefined;
  }

  async signIn(name: string): Promise<User> {
    return (await this.#requests.ask(SignedInView, 'POST', '/api/session', { body: { name } })).user;
  }

  signOut(): Promise<void> {
    return this.#requests.tell('DELETE', '/api/session');
  }

  /** Newest first, with the scope `recent` those visited last; `next` of the answer is the cursor of the next page. */
  rooms(page: Page & { scope?: RoomScope } = {}): Promise<RoomList> {
    const { scope, cursor, limit } = page;
    return this.#requests.ask(RoomListSchema, 'GET', `/api/rooms${query({ scope, cursor, limit })}`);
  }

  /** Whoever repeats what had no answer, with the same body, gets the room that was made the first time, if it was. */
  async createRoom(body: CreateRoomBody): Promise<Room> {
    const asked = JSON.stringify(body);
    const key = this.#unanswered?.asked === asked ? this.#unanswered.key : newId();
    this.#unanswered = undefined;
    try {
      const headers = { 'idempotency-key': `"${key}"` };
      return await this.#requests.ask(Room, 'POST', '/api/rooms', { body, headers });
    } catch (error) {
      if (NO_ANSWER.has(StudioError.from(error).code)) this.#unanswered = { asked, key };
      throw error;
    }
  }

  /** The room as the person sees it, and what stands between the two. */
  room(roomId: string): Promise<RoomView> {
    return this.#requests.ask(RoomViewSchema, 'GET', roomPath(roomId));
  }

  /**
   * Changes settings; what is not named stays. Rejects with a `StaleVersionError`, which has the room as it is now, when somebody else
   * has changed it since `version`.
   */
  changeRoom(roomId: string, change: RoomChange, version?: string): Promise<RoomView> {
    const headers = ifMatch(version);
    return this.#requests.ask(RoomViewSchema, 'PATCH', roomPath(roomId), { body: change, headers });
  }

  /** Closes the room for all, or reopens it. */
  setStatus(roomId: string, status: Room['status']): Promise<RoomView> {
    return this.#requests.ask(RoomViewSchema, 'PUT', roomPath(roomId, 'status'), { body: { status } });
  }

  /** Deletes the room with everything that is kept of it. */
  deleteRoom(roomId: string): Promise<void> {
    return this.#requests.tell('DELETE', roomPath(roomId));
  }

  /**
   * Makes the one who is signed in a member, if they may enter with what they bring: a ticket, or the lobby, in which they wait by asking
   * again: see `waitForAdmission`. Rejects with `passcode`, `locked`, `closed` or `forbidden` when they may not.
   */
  enter(
    roomId: string,
    body: EnterBody = {},
    options: { signal?: AbortSignal | undefined } = {},
  ): Promise<EntranceView> {
    return this.#requests.ask(EntranceViewSchema, 'POST', roomPath(roomId, 'ticket'), { body, ...options });
  }

  /** Admits a member to a room, for one connection. */
  async ticket(roomId: string): Promise<TicketView> {
    const answer = await this.enter(roomId);
    if ('ticket' in answer) return answer;
    throw new StudioError('forbidden', 'You wait in the lobby of this room.');
  }

  async invites(roomId: string): Promise<Invite[]> {
    return (await this.#requests.ask(InviteList, 'GET', roomPath(roomId, 'invites'))).invites;
  }

  invite(roomId: string, body: InviteBody = {}): Promise<Invite> {
    return this.#requests.ask(InviteSchema, 'POST', roomPath(roomId, 'invites'), { body });
  }

  revokeInvite(roomId: string, inviteId: string): Promise<void> {
    return this.#requests.tell('DELETE', roomPath(roomId, 'invites', inviteId));
  }

  members(roomId: string, { cursor, limit }: Page = {}): Promise<MemberList> {
    const path = roomPath(roomId, 'members') + query({ cursor, limit });
    return this.#requests.ask(MemberListSchema, 'GET', path);
  }

  setRole(roomId: string, memberId: string, role: GivenRole): Promise<Member> {
    return this.#changeMember(roomId, memberId, { role });
  }

  /** Makes somebody else the owner. */
  handOver(roomId: string, memberId: string): Promise<Member> {
    const role: Role = 'owner';
    return this.#changeMember(roomId, memberId, { role });
  }

  /** Puts somebody out, who may not come back until they are taken back. */
  removeMember(roomId: string, memberId: string): Promise<Member> {
    return this.#changeMember(roomId, memberId, { state: 'removed' });
  }

  restoreMember(roomId: string, memberId: string): Promise<Member> {
    return this.#changeMember(roomId, memberId, { state: 'member' });
  }

  /** Switches somebody's microphone off; they may switch it on again. */
  mute(roomId: string, memberId: string): Promise<void> {
    return this.#requests.tell('POST', roomPath(roomId, 'members', memberId, 'mute'));
  }

  /** Lets somebody in who knocks, or not. */
  answerKnock(roomId: string, personId: string, admit: boolean): Promise<void> {
    return this.#requests.tell('POST', roomPath(roomId, 'lobby', personId), { body: { admit } });
  }

  /** The last events before the sequence `before`, or the first ones after `after`, or the newest ones; always in order. */
  history(
    roomId: string,
    page: { before?: number; after?: number; limit?: number } = {},
  ): Promise<EventPage> {
    return this.#requests.ask(EventPageSchema, 'GET', roomPath(roomId, 'events') + query(page));
  }

  /** Words in the conversation of a room, newest first; `next` of the answer is the `before` of the next page. */
  searchRoom(
    roomId: string,
    q: string,
    { before, limit }: { before?: number | undefined; limit?: number } = {},
    options: { signal?: AbortSignal } = {},
  ): Promise<RoomHits> {
    const path = roomPath(roomId, 'search') + query({ q, before, limit });
    return this.#requests.ask(RoomHitsSchema, 'GET', path, options);
  }

  /** Words in all rooms of the person, those visited last first. */
  search(q: string, cursor?: string, options: { signal?: AbortSignal } = {}): Promise<StudioHits> {
    return this.#requests.ask(StudioHitsSchema, 'GET', `/api/search${query({ q, cursor })}`, options);
  }

  /** Where the whole conversation can be downloaded as a file, by whoever is signed in and has been in the room. */
  exportUrl(roomId: string, format: ExportFormat): string {
    return this.baseUrl + roomPath(roomId, 'export') + query({ format });
  }

  /** How Gemini takes part in a room, and what it has used there. */
  live(roomId: string): Promise<RoomLiveView> {
    return this.#requests.ask(RoomLiveViewSchema, 'GET', roomPath(roomId, 'live'));
  }

  /** Rejects with a `StaleVersionError`, which has what is there now, when somebody else has changed the settings since `version`. */
  setLive(roomId: string, settings: LiveSettings, version: string): Promise<RoomLiveView> {
    const headers = ifMatch(version);
    return this.#requests.ask(RoomLiveViewSchema, 'PUT', roomPath(roomId, 'live'), {
      body: settings,
      headers,
    });
  }

  #changeMember(roomId: string, memberId: string, body: MemberBody): Promise<Member> {
    return this.#requests.ask(MemberSchema, 'PATCH', roomPath(roomId, 'members', memberId), { body });
  }
}

function roomPath(...parts: string[]): string {
  return ['/api/rooms', ...parts.map(encodeURIComponent)].join('/');
}

function ifMatch(version: string | undefined): Record<string, string> {
  return version === undefined ? {} : { 'if-match': `"${version}"` };
}
