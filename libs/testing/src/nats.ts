import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { askServer } from './ask-server.ts';
import type { LocalServerKind } from './local-server.ts';
import { obtainServer, type ServerSources } from './obtain-server.ts';
import type { TestServer, TestServerOptions } from './test-server.ts';

/** Stands in the greeting of the servers that this process starts, and of no other. */
const SERVER_NAME = `studio-${randomUUID()}`;

const LOCAL: LocalServerKind = {
  scheme: 'nats',
  args: (port, directory) => [
    '--addr=127.0.0.1',
    `--port=${port}`,
    `--name=${SERVER_NAME}`,
    '--jetstream',
    `--store_dir=${join(directory, 'jetstream')}`,
  ],
  // The port is opened when JetStream is up, and the server greets whoever connects.
  async answers(port) {
    const greeting = await askServer({ host: '127.0.0.1', port }, '', (answer) => answer.includes('\r\n'));
    return greeting?.includes(SERVER_NAME) === true;
  },
};

const SOURCES: ServerSources = {
  variable: 'NATS_URL',
  binary: 'nats-server',
  package: 'nats-server',
  local: LOCAL,
  container: {
    scheme: 'nats',
    image: 'nats:2.12-alpine',
    command: ['--jetstream', '--store_dir=/data'],
    port: 4222,
    readyLog: /Server is ready/,
  },
};

/** A nats-server with JetStream: that of `NATS_URL`, a local binary, or a container. @throws ServerMissingError */
export async function startNats(options?: TestServerOptions): Promise<TestServer> {
  return obtainServer(SOURCES, options);
}
