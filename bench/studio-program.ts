import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@studio/testing';
import * as z from 'zod';
import { Command } from '../frontend/e2e/stack/command.ts';
import type { StackMode } from '../frontend/e2e/stack/stack-mode.ts';

export type { StackMode };

const START_MS = 60_000;
const PROGRAMS: Record<StackMode, string> = {
  embedded: 'services/studio/dist/main.js',
  cluster: 'tools/cluster/main.mjs',
};

const ClusterState = z.object({
  processes: z.array(z.object({ name: z.string(), pid: z.int().optional(), port: z.number() })),
});
type Processes = z.infer<typeof ClusterState>['processes'];

export interface StudioProgram {
  /** Of its gateways: not of a front door, which only a cluster on one machine has. */
  readonly gateways: readonly string[];
  /** Where it keeps its data. */
  readonly directory: string;
  /** Of a cluster's NATS. */
  readonly natsUrl?: string;
  /** Of the processes that answer for rooms and over HTTP. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/**
 * A built studio with data of its own, in processes of its own, whose Live connections go to `liveUrl`.
 * @param prepare may put something into its data directory before it starts
 * @throws with what it wrote, when it does not open within a minute
 */
export async function startStudio(
  mode: StackMode,
  liveUrl: string,
  prepare: (directory: string) => Promise<void> = () => Promise.resolve(),
): Promise<StudioProgram> {
  const directory = await mkdtemp(join(tmpdir(), 'studio-bench-'));
  await prepare(directory);
  const command = new Command(PROGRAMS[mode], [], {
    ...process.env,
    PORT: String(await freePort()),
    DATA_DIR: directory,
    LIVE_EMULATOR_URL: liveUrl,
    LOG_LEVEL: 'warn',
  });
  const stop = async () => {
    await command.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const [, url = ''] = await command.says(/is open at (http\S+)/, START_MS);
    if (mode === 'embedded') return { gateways: [url], directory, pids: [command.pid], stop };
    const processes = await processesOf(directory);
    const nats = processes.find(({ name }) => name === 'nats-server');
    return {
      gateways: processes
        .filter(({ name }) => name.startsWith('gateway-'))
        .map(({ port }) => `http://127.0.0.1:${port}`),
      directory,
      ...(nats && { natsUrl: `nats://127.0.0.1:${nats.port}` }),
      pids: processes.filter(({ name }) => /^(gateway|room)-/.test(name)).flatMap(({ pid }) => pid ?? []),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function processesOf(dataDirectory: string): Promise<Processes> {
  const text = await readFile(join(dataDirectory, 'cluster.json'), 'utf8');
  return ClusterState.parse(JSON.parse(text)).processes;
}
