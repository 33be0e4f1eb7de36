import type {
  CreateRoomBody,
  EventPage,
  LiveSettings,
  RoomList,
  RoomLiveView,
  StudioView,
  TicketView,
  User,
} from '@studio/contracts';
import {
  ERROR_STATUS,
  ErrorCode,
  EventPage as EventPageSchema,
  Problem,
  Room,
  RoomList as RoomListSchema,
  RoomLiveView as RoomLiveViewSchema,
  SessionView,
  SignedInView,
  StudioError,
  StudioView as StudioViewSchema,
  TicketView as TicketViewSchema,
} from '@studio/contracts';

export interface StudioApiOptions {
  /** Where the studio is, for example `https://studio.example.com`; empty in a page that the studio itself serves. */
  baseUrl: string;
  /** For tests, and for Node, where it must keep cookies: see `cookieFetch`. */
  fetch?: typeof fetch;
}

/** The part of the contracts' schemas that is used here. */
interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: Error };
}

/** A request without an answer is given up after this, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** The studio's HTTP API. Every method rejects with a `StudioError`. */
export class StudioApi {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly #fetch: typeof fetch;

  constructor(options: StudioApiOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
  }

  studio(): Promise<StudioView> {
    return this.#request(StudioViewSchema, 'GET', '/api/studio');
  }

  /** Who is signed in; undefined when nobody is. */
  async session(): Promise<User | undefined> {
    return (await this.#request(SessionView, 'GET', '/api/session')).user ?? undefined;
  }

  async signIn(name: string): Promise<User> {
    return (await this.#request(SignedInView, 'POST', '/api/session', { name })).user;
  }

  async signOut(): Promise<void> {
    await this.#send('DELETE', '/api/session');
  }

  /** Newest first; `next` of the answer is the cursor of the next page. */
  rooms(cursor?: string): Promise<RoomList> {
    return this.#request(RoomListSchema, 'GET', `/api/rooms${query({ cursor })}`);
  }

  createRoom(body: CreateRoomBody): Promise<Room> {
    return this.#request(Room, 'POST', '/api/rooms', body);
  }

  room(id: string): Promise<Room> {
    return this.#request(Room, 'GET', `/api/rooms/${encodeURIComponent(id)}`);
  }

  /** Admits the one who is signed in to a room, for one connection. */
  ticket(roomId: string): Promise<TicketView> {
    return this.#request(TicketViewSchema, 'POST', `/api/rooms/${encodeURIComponent(roomId)}/ticket`);
  }

  /** The last events before the sequence `before`, or the newest ones, in order. */
  history(roomId: string, page: { before?: number; limit?: number } = {}): Promise<EventPage> {
    return this.#request(
      EventPageSchema,
      'GET',
      `/api/rooms/${encodeURIComponent(roomId)}/events${query(page)}`,
    );
  }

  /** How Gemini takes part in a room, and what it has used there. */
  live(roomId: string): Promise<RoomLiveView> {
    return this.#request(RoomLiveViewSchema, 'GET', `/api/rooms/${encodeURIComponent(roomId)}/live`);
  }

  /** Rejects with `precondition_failed` when somebody else has changed the settings since `version`. */
  setLive(roomId: string, settings: LiveSettings, version: string): Promise<RoomLiveView> {
    const path = `/api/rooms/${encodeURIComponent(roomId)}/live`;
    return this.#request(RoomLiveViewSchema, 'PUT', path, settings, { 'if-match': `"${version}"` });
  }

  async #request<T>(
    schema: Schema<T>,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await this.#send(method, path, body, headers);
    const parsed = schema.safeParse(await json(response));
    if (parsed.success) return parsed.data;
    throw new StudioError('internal', 'The server answered something unexpected.', { cause: parsed.error });
  }

  async #send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const sends: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...sends, ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    };
    if (body !== undefined) init.body = JSON.stringify(body);
    let response;
    try {
      response = await this.#fetch(this.baseUrl + path, init);
    } catch (error) {
      throw new StudioError('unavailable', 'The studio cannot be reached.', { cause: error });
    }
    if (!response.ok) throw await toError(response);
    return response;
  }
}

function query(parameters: Record<string, string | number | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? '' : `?${search.toString()}`;
}

/** The body as JSON; undefined when it is none, which no schema accepts. */
async function json(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return undefined;
  }
}

async function toError(response: Response): Promise<StudioError> {
  const problem = Problem.safeParse(await json(response));
  if (problem.success) return new StudioError(problem.data.code, problem.data.detail);
  // Something between us and the studio has answered, a proxy for example.
  const code = ErrorCode.options.find((option) => ERROR_STATUS[option] === response.status);
  return new StudioError(
    code ?? (response.status >= 500 ? 'unavailable' : 'internal'),
    `The server answered ${response.status}.`,
  );
}
