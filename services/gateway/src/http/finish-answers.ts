import { once } from 'node:events';
import type { Server } from 'node:http';

/** How often connections that have nothing to do any more are looked for, in milliseconds. */
const LOOK_MS = 50;

/**
 * Takes no new connections, and lets answers that are under way end, downloads for example. Never rejects.
 * @param withinMs whatever is not done by then is left to be cut off
 */
export async function finishAnswers(server: Server, withinMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // A connection that is kept alive would otherwise stay until its client goes.
  const look = setInterval(() => {
    server.closeIdleConnections();
  }, LOOK_MS);
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const deadline = setTimeout(() => {
    resolve(undefined);
  }, withinMs);
  await Promise.race([closed, late]);
  clearInterval(look);
  clearTimeout(deadline);
}
