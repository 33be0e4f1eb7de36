import { ERROR_STATUS, ErrorCode, Problem, StudioError } from '@studio/contracts';
import { StaleVersionError } from './stale-version-error.ts';

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

export interface ApiRequest {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal | undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request without an answer is given up after this, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** Requests to the HTTP API: what is sent and answered is JSON, and every failure is a `StudioError`. */
export class ApiRequests {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly #fetch: typeof fetch;

  constructor(options: StudioApiOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
  }

  /**
   * The answer as the schema says.
   * @throws StudioError, and a StaleVersionError when something else is there now, which the answer shows
   */
  async ask<T>(schema: Schema<T>, method: Method, path: string, request: ApiRequest = {}): Promise<T> {
    const response = await this.#send(method, path, request);
    if (!response.ok) throw await toError(response, schema);
    const parsed = schema.safeParse(await json(response));
    if (parsed.success) return parsed.data;
    throw new StudioError('internal', 'The server answered something unexpected.', { cause: parsed.error });
  }

  /** For what is answered without a body. @throws StudioError */
  async tell(method: Method, path: string, request: ApiRequest = {}): Promise<void> {
    const response = await this.#send(method, path, request);
    if (!response.ok) throw await toError(response);
  }

  async #send(method: Method, path: string, { body, headers, signal }: ApiRequest): Promise<Response> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const init: RequestInit = {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
    };
    if (body !== undefined) init.body = JSON.stringify(body);
    try {
      return await this.#fetch(this.baseUrl + path, init);
    } catch (error) {
      throw new StudioError(
        'unavailable',
        'The studio cannot be reached. Check your connection and try again.',
        { cause: error },
      );
    }
  }
}

/** The part of an address behind the path: what is undefined is left out. */
export function query(parameters: Record<string, string | number | undefined>): string {
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

async function toError<T>(response: Response, schema?: Schema<T>): Promise<StudioError> {
  const problem = Problem.safeParse(await json(response));
  if (problem.success) {
    const { code, detail, current } = problem.data;
    const now = current === undefined ? undefined : schema?.safeParse(current);
    return now?.success === true ? new StaleVersionError(detail, now.data) : new StudioError(code, detail);
  }
  // Something between us and the studio has answered, a proxy for example.
  const code = ErrorCode.options.find((option) => ERROR_STATUS[option] === response.status);
  return new StudioError(
    code ?? (response.status >= 500 ? 'unavailable' : 'internal'),
    `The server answered ${response.status}.`,
  );
}
