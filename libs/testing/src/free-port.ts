import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections: one of those could take a free port before it is listened on. */
const FIRST = 15_000;
const END = 30_000;

/** A port of the loopback interface that was free a moment ago; somebody else may still bind it first. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** So many of them, each another one. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = new Map<number, ReturnType<typeof createServer>>();
  while (servers.size < count) {
    const port = randomInt(FIRST, END);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') continue;
      throw error;
    }
    servers.set(port, server);
  }
  await Promise.all(Array.from(servers.values(), (server) => once(server.close(), 'close')));
  return [...servers.keys()];
}
