import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';

/**
 * What goes wrong with one request: it is answered with a status, never answered, cut off before it arrives or in the middle of its
 * body, or carried out with its answer lost or cut off in the middle.
 */
export type Fault = 429 | 500 | 503 | 'hang' | 'cut' | 'broken' | 'lost' | 'torn';

/** A way to the emulator of Cloud Storage that fails as it is told. */
export class StorageProxy {
  readonly #target: string;
  readonly #server = createServer((request, response) => {
    this.#handle(request, response).catch(() => request.socket.destroy());
  });
  readonly #faults: { fault: Fault; method: string }[] = [];
  /** What goes wrong with every request, for as long as it is set. */
  outage: Fault | undefined;

  constructor(target: string) {
    this.#target = target;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The next requests with this method fail so, one after the other. */
  fail(method: string, ...faults: Fault[]): void {
    for (const fault of faults) this.#faults.push({ method, fault });
  }

  /** Faults that no request has met. */
  get left(): number {
    return this.#faults.length;
  }

  /** Connections that are open now. */
  async connections(): Promise<number> {
    return promisify((done: (error: Error | null, count: number) => void) =>
      this.#server.getConnections(done),
    )();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const at = this.#faults.findIndex((each) => each.method === method);
    const fault = this.outage ?? (at === -1 ? undefined : this.#faults.splice(at, 1)[0]?.fault);
    if (fault === 'cut') {
      request.socket.destroy();
      return;
    }
    if (fault === 'broken') {
      // The first piece has come, the rest has not.
      await once(request, 'data');
      request.socket.resetAndDestroy();
      return;
    }
    const body = await readAll(request);
    if (fault === 'hang') return;
    if (typeof fault === 'number') {
      response.writeHead(fault, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { code: fault, message: 'injected' } }));
      return;
    }
    if (method === 'DELETE' && !(await this.#mayDelete(url))) {
      response.writeHead(412).end();
      return;
    }
    const answer = await this.#forward(method, url, request.headers, body);
    if (fault === 'lost') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, withLength(answer.headers, answer.body));
    if (fault === 'torn')
      response.write(answer.body.subarray(0, answer.body.byteLength / 2), () => request.socket.destroy());
    else response.end(answer.body);
  }

  /** The emulator knows no preconditions of removals; Cloud Storage does. */
  async #mayDelete(url: string): Promise<boolean> {
    const { pathname, searchParams } = new URL(url, this.#target);
    const expected = searchParams.get('ifGenerationMatch');
    if (expected === null) return true;
    const now = await this.#forward('GET', pathname, {}, Buffer.alloc(0));
    if (now.status === 404) return true;
    return (JSON.parse(now.body.toString()) as { generation: string }).generation === expected;
  }

  async #forward(
    method: string,
    url: string,
    headers: IncomingMessage['headers'],
    body: Buffer,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }> {
    const request = httpRequest(new URL(url, this.#target), {
      method,
      headers: withLength(headers, body),
    });
    request.end(body);
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const content = await readAll(answer);
    return { status: answer.statusCode ?? 500, headers: answer.headers, body: content };
  }
}

/** The same headers for a body that is sent in one piece. */
function withLength(headers: IncomingMessage['headers'], body: Buffer): IncomingMessage['headers'] {
  const kept = Object.entries(headers).filter(([name]) => name !== 'transfer-encoding');
  return { ...Object.fromEntries(kept), 'content-length': String(body.byteLength) };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
