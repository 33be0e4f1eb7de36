import { askServer } from './ask-server.ts';
import type { LocalServerKind } from './local-server.ts';
import { obtainLocalServer, obtainServer, type ServerSources } from './obtain-server.ts';
import type { TestServer, TestServerOptions } from './test-server.ts';

/** With persistence, every write is on disk before it is answered. */
function persistence(persistent: boolean): string[] {
  return ['--save', '', '--appendonly', persistent ? 'yes' : 'no', '--appendfsync', 'always'];
}

function local(persistent: boolean): LocalServerKind {
  return {
    scheme: 'redis',
    args: (port, directory) => [
      ...['--bind', '127.0.0.1', '--port', String(port), '--dir', directory],
      ...persistence(persistent),
    ],
    async answers(port, pid) {
      const answer = await askServer(
        { host: '127.0.0.1', port },
        'INFO server\r\nPING\r\n',
        // While it loads its data, it refuses PING with an error.
        (text) => text.endsWith('+PONG\r\n') || text.includes('\r\n-'),
      );
      return answer?.includes(`process_id:${pid}\r\n`) === true && answer.endsWith('+PONG\r\n');
    },
  };
}

function sources(persistent: boolean): ServerSources {
  return {
    variable: 'REDIS_URL',
    binary: 'redis-server',
    package: 'redis-server',
    local: local(persistent),
    container: {
      scheme: 'redis',
      image: 'redis:7.4-alpine',
      command: ['redis-server', ...persistence(persistent)],
      port: 6379,
      readyLog: /Ready to accept connections/,
    },
  };
}

/**
 * A redis-server: that of `REDIS_URL`, a local binary, or a container. It forgets everything in a restart unless `persistent` is true
 * (the server of `REDIS_URL` is as it is). @throws ServerMissingError
 */
export async function startRedis(
  options: TestServerOptions & { persistent?: boolean } = {},
): Promise<TestServer> {
  return obtainServer(sources(options.persistent === true), options);
}

/** The local redis-server on a free loopback port; data is kept in `directory` when it is given. @throws ServerMissingError */
export async function startLocalRedis(directory?: string): Promise<TestServer> {
  return obtainLocalServer(sources(directory !== undefined), directory);
}

/** Names of all keys in the Redis at `url`, which asks for no password. */
export async function redisKeys(url: string): Promise<string[]> {
  const { hostname, port } = new URL(url);
  const end = '+PONG\r\n';
  const answer = await askServer(
    { host: hostname, port: Number(port || 6379) },
    'KEYS *\r\nPING\r\n',
    (text) => text.endsWith(end),
  );
  if (answer?.startsWith('*') !== true) throw new Error(`${url} does not tell its keys`);
  // Each name stands behind a line with its length.
  return answer.split('\r\n').filter((_, index, lines) => lines[index - 1]?.startsWith('$') === true);
}
