import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';

/** A request over plain HTTP. */
export interface HttpRequest {
  readonly method: string;
  /** As it was sent: a path that begins with two slashes is no host name here. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /**
   * The body as text.
   * @throws HttpError 413 when it is longer than so many bytes
   */
  text(maxBytes: number): Promise<string>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers the requests that are its own, and null to the others. */
export type HttpHandler = (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer | null;

const REASONS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'UNIMPLEMENTED',
  409: 'FAILED_PRECONDITION',
  413: 'INVALID_ARGUMENT',
  500: 'INTERNAL',
};

/** An answer that says what is wrong, in the form that Google's services use. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
  }

  get answer(): HttpAnswer {
    const { status, message } = this;
    return { status, body: { error: { code: status, message, status: REASONS[status] ?? 'UNKNOWN' } } };
  }
}

/**
 * A server that answers each request by the first handler whose request it is.
 * @param onFailure told of what is no fault of the client
 */
export function httpServer(handlers: readonly HttpHandler[], onFailure: (error: unknown) => void): Server {
  return createServer((request, response) => {
    exchange(request, response, handlers, onFailure).catch(onFailure);
  });
}

async function exchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  handlers: readonly HttpHandler[],
  onFailure: (error: unknown) => void,
): Promise<void> {
  const { status, body } = await answerTo(requestOf(incoming), handlers, onFailure);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    // What a refused body still holds is not read, so the connection cannot be used again.
    connection: 'close',
  });
  response.end(`${JSON.stringify(body, null, 2)}\n`);
}

async function answerTo(
  request: HttpRequest,
  handlers: readonly HttpHandler[],
  onFailure: (error: unknown) => void,
): Promise<HttpAnswer> {
  try {
    for (const handle of handlers) {
      const answer = await handle(request);
      if (answer) return answer;
    }
    return new HttpError(404, 'Not found.').answer;
  } catch (error) {
    if (error instanceof HttpError) return error.answer;
    onFailure(error);
    return new HttpError(500, 'Internal error encountered.').answer;
  }
}

function requestOf(incoming: IncomingMessage): HttpRequest {
  return {
    method: incoming.method ?? 'GET',
    ...targetOf(incoming),
    headers: incoming.headers,
    text: async (maxBytes) => {
      const parts: Buffer[] = [];
      let size = 0;
      for await (const part of incoming as AsyncIterable<Buffer>) {
        size += part.length;
        if (size > maxBytes) throw new HttpError(413, `The body is longer than ${maxBytes} bytes.`);
        parts.push(part);
      }
      return Buffer.concat(parts).toString('utf8');
    },
  };
}

export function targetOf({ url = '' }: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '', query = ''] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}
