import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { Command } from '../frontend/e2e/stack/command.ts';
import { freePort } from '../frontend/e2e/stack/free-port.ts';
import type { StackMode } from '../frontend/e2e/stack/stack-mode.ts';

export type { StackMode };

const START_MS = 60_000;
const PROGRAMS: Record<StackMode, string> = {
  embedded: 'services/studio/dist/main.js',
  cluster: 'tools/cluster/main.mjs',
};

const ClusterState = z.object({ processes: z.array(z.object({ name: z.string(), port: z.number() })) });

export interface StudioProgram {
  /** Of its gateways: not of a front door, which only a cluster on one machine has. */
  readonly gateways: readonly string[];
  stop(): Promise<void>;
}

/**
 * A built studio with data of its own, in processes of its own, whose Live connections go to `liveUrl`.
 * @throws with what it wrote, when it does not open within a minute
 */
export async function startStudio(mode: StackMode, liveUrl: string): Promise<StudioProgram> {
  const directory = await mkdtemp(join(tmpdir(), 'studio-bench-'));
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
    return { gateways: mode === 'embedded' ? [url] : await gatewaysOf(directory), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function gatewaysOf(dataDirectory: string): Promise<string[]> {
  const text = await readFile(join(dataDirectory, 'cluster.json'), 'utf8');
  return ClusterState.parse(JSON.parse(text))
    .processes.filter(({ name }) => name.startsWith('gateway-'))
    .map(({ port }) => `http://127.0.0.1:${port}`);
}
