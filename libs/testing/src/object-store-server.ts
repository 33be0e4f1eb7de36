import { execFile } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startContainerServer } from './container-server.ts';
import { environmentServer } from './environment-server.ts';
import { findBinary, isExecutable } from './find-binary.ts';
import { startLocalServer, type LocalServerKind } from './local-server.ts';
import { ServerMissingError, type TestServer } from './test-server.ts';

const BINARY = 'fake-gcs-server';
/** The newest version that Go 1.23 builds, which is what Debian 12 has in its backports. */
const VERSION = '1.52.2';
const MODULE = `github.com/fsouza/fake-gcs-server@v${VERSION}`;
/** Minor version of Go 1 that the module needs. */
const GO_MINOR = 23;
/** How long the build may take: a minute and a half of computing on two cores. Milliseconds. */
const BUILD_MS = 15 * 60_000;
/** Where Debian and Ubuntu put the Go of packages like `golang-1.23-go`. */
const VERSIONED_GO = '/usr/lib';

/** What this repository keeps between runs. */
const BIN = resolve(import.meta.dirname, '../../../.cache/bin');

const LOCAL: LocalServerKind = {
  scheme: 'http',
  args: (port) => [
    '-scheme=http',
    '-host=127.0.0.1',
    `-port=${port}`,
    '-backend=memory',
    `-public-host=127.0.0.1:${port}`,
    '-log-level=error',
  ],
  async answers(port) {
    return fetch(`http://127.0.0.1:${port}/_internal/healthcheck`).then(
      (response) => response.ok,
      () => false,
    );
  },
};

const CONTAINER = {
  scheme: 'http',
  image: `fsouza/fake-gcs-server:${VERSION}`,
  command: ['-scheme=http', '-backend=memory', '-port=4443'],
  port: 4443,
  readyLog: /server started at/,
};

/** An emulator of Cloud Storage. What it keeps is gone when it ends. */
export type ObjectStoreServer = Pick<TestServer, 'url' | 'origin' | 'stop'>;

/**
 * An emulator of Cloud Storage: that of `STORAGE_EMULATOR_HOST`, else fake-gcs-server as a binary on PATH or in `.cache/bin`, where Go
 * builds it the first time (which takes minutes), else as a container.
 * @throws ServerMissingError
 */
export async function startObjectStoreServer(): Promise<ObjectStoreServer> {
  const url = process.env['STORAGE_EMULATOR_HOST'] ?? '';
  if (url !== '') return environmentServer('STORAGE_EMULATOR_HOST', url);
  const binary = (await findBinary(BINARY)) ?? (await builtBinary());
  if (!(binary instanceof Error)) return startLocalServer(LOCAL, binary);
  const container = await startContainerServer(CONTAINER);
  if (!(container instanceof Error)) return container;
  throw new ServerMissingError(
    `STORAGE_EMULATOR_HOST is not set, there is no ${BINARY} on PATH, ${binary.message}, ` +
      `and no container engine answers (${container.message})`,
  );
}

/** The binary in `.cache/bin`, built if need be; or why it cannot be. */
async function builtBinary(): Promise<string | Error> {
  const path = join(BIN, `${BINARY}-${VERSION}`);
  if (await isExecutable(path)) return path;
  const go = await findGo();
  if (go === undefined) return new Error(`there is no Go 1.${GO_MINOR} or newer to build it`);
  // A folder of its own: several test processes may build at the same time.
  const folder = join(BIN, `.build-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await promisify(execFile)(go, ['install', MODULE], {
      env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
      timeout: BUILD_MS,
    });
    await rename(join(folder, BINARY), path);
    return path;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return new Error(`Go could not build it (${why.trim()})`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findGo(): Promise<string | undefined> {
  const folders = await readdir(VERSIONED_GO).catch(() => []);
  const versioned = folders
    .filter((name) => /^go-1\.\d+$/.test(name))
    .sort((one, other) => Number(other.slice(5)) - Number(one.slice(5)))
    .map((name) => join(VERSIONED_GO, name, 'bin/go'));
  const onPath = await findBinary('go');
  for (const path of [...(onPath === undefined ? [] : [onPath]), ...versioned]) {
    const answer = await promisify(execFile)(path, ['version']).catch(() => undefined);
    if (Number(/go1\.(\d+)/.exec(answer?.stdout ?? '')?.[1] ?? 0) >= GO_MINOR) return path;
  }
  return undefined;
}
