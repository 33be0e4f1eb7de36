import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { GuardedProcess } from './guarded-process.ts';
import type { TestServer } from './test-server.ts';

/** How long a server may take until it answers, in milliseconds. */
const READY_MS = 15_000;
const RETRY_MS = 10;
/** Tries to find a port that nobody else binds first. */
const PORT_TRIES = 5;

/** What tells one kind of server from another. */
export interface LocalServerKind {
  readonly scheme: string;
  args(port: number, directory: string): string[];
  /** Whether the server on this port answers, and is this very process. */
  answers(port: number, pid: number): Promise<boolean>;
}

/** Runs a server binary on a free loopback port, with a directory of its own or the one that is given and kept. */
export async function startLocalServer(
  kind: LocalServerKind,
  binary: string,
  keptDirectory?: string,
): Promise<TestServer & { readonly pid: number }> {
  const temporary =
    keptDirectory === undefined ? await mkdtemp(join(tmpdir(), `studio-${kind.scheme}-`)) : undefined;
  const directory = keptDirectory ?? temporary ?? '';
  const run = (port: number) => startProcess(kind, binary, kind.args(port, directory), port, temporary);

  let port = await freePort();
  let child = await run(port);
  for (let tries = 1; child instanceof Error; tries += 1) {
    if (tries === PORT_TRIES) {
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
      throw child;
    }
    port = await freePort();
    child = await run(port);
  }
  let current = child;

  return {
    url: `${kind.scheme}://127.0.0.1:${port}`,
    origin: 'binary',
    get pid() {
      return current.pid;
    },
    async restart(whileDown) {
      await current.stop();
      await whileDown?.();
      const next = await run(port);
      if (next instanceof Error) throw next;
      current = next;
    },
    pause() {
      return current.freeze();
    },
    resume() {
      current.thaw();
      return Promise.resolve();
    },
    async stop() {
      await current.stop();
      if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
    },
  };
}

/** The process once it answers; the error when it has ended instead, for example because its port was taken. */
async function startProcess(
  kind: LocalServerKind,
  binary: string,
  args: string[],
  port: number,
  temporary: string | undefined,
): Promise<GuardedProcess | Error> {
  const child = await GuardedProcess.start(binary, args, temporary);
  const deadline = Date.now() + READY_MS;
  while (child.running) {
    if (await kind.answers(port, child.pid)) return child;
    if (Date.now() > deadline) {
      await child.stop();
      throw new Error(`${binary} did not answer within ${READY_MS} ms: ${child.output}`);
    }
    await delay(RETRY_MS);
  }
  return new Error(`${binary} ended at once: ${child.output}`);
}
