import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@studio/testing';
import * as z from 'zod';
import { RECORDER_FILE, RECORDER_WORKLET } from '../people/recorder-worklet.ts';
import { Command } from './command.ts';
import { LiveEmulator } from './live-emulator.ts';
import type { StackMode } from './stack-mode.ts';

/** A start with nothing to build takes a few seconds; a cold build before it takes longer. */
const START_MS = 180_000;
const OPEN = /is open at (http\S+)/;

const ClusterState = z.object({ processes: z.array(z.object({ name: z.string(), port: z.number() })) });

/** A whole studio with data of its own, started by the very commands that people use. */
export class Studio {
  readonly mode: StackMode;
  readonly emulator: LiveEmulator;
  readonly dataDirectory: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #secrets: string[];
  readonly #earlierLines: string[] = [];
  #command: Command;
  url: string;

  private constructor(started: {
    mode: StackMode;
    emulator: LiveEmulator;
    dataDirectory: string;
    env: NodeJS.ProcessEnv;
    secrets: string[];
    command: Command;
    url: string;
  }) {
    this.mode = started.mode;
    this.emulator = started.emulator;
    this.dataDirectory = started.dataDirectory;
    this.#env = started.env;
    this.#secrets = started.secrets;
    this.#command = started.command;
    this.url = started.url;
  }

  static async start(mode: StackMode): Promise<Studio> {
    const emulator = await LiveEmulator.start();
    const dataDirectory = await mkdtemp(join(tmpdir(), 'studio-e2e-'));
    const clientDirectory = await clientWithRecorder(dataDirectory);
    const apiKey = `AIza${randomBytes(26).toString('base64url')}`;
    const sessionSecret = randomBytes(32).toString('base64url');
    const env = {
      ...process.env,
      PORT: String(await freePort()),
      DATA_DIR: dataDirectory,
      CLIENT_DIR: clientDirectory,
      LIVE_EMULATOR_URL: emulator.url,
      GEMINI_API_KEY: apiKey,
      SESSION_SECRET: sessionSecret,
      LOG_LEVEL: 'debug',
      // What is refused is tried again soon enough for a test to see it.
      LIVE_REFUSED_RETRY_MS: '1000',
    };
    const command = commandOf(mode, env);
    try {
      const [, url = ''] = await command.says(OPEN, START_MS);
      const secrets = [apiKey, sessionSecret, new URL(emulator.url).host];
      return new Studio({ mode, emulator, dataDirectory, env, secrets, command, url });
    } catch (error) {
      await command.stop();
      await emulator.stop();
      await rm(dataDirectory, { recursive: true, force: true });
      throw error;
    }
  }

  /** What no browser and no log may ever hold: credentials, and the address of the upstream service. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** Everything that all its processes have written since the first start. */
  get log(): readonly string[] {
    return [...this.#earlierLines, ...this.#command.lines];
  }

  /** Ends every process and starts them again on the same data and port. */
  async restart(): Promise<void> {
    await this.#stopProcesses();
    this.#command = commandOf(this.mode, this.#env);
    await this.#command.says(OPEN, START_MS);
  }

  /** Where each gateway process listens. */
  async gatewayUrls(): Promise<string[]> {
    if (this.mode === 'embedded') return [this.url];
    const text = await readFile(join(this.dataDirectory, 'cluster.json'), 'utf8');
    return ClusterState.parse(JSON.parse(text))
      .processes.filter(({ name }) => name.startsWith('gateway-'))
      .map(({ port }) => `http://127.0.0.1:${port}`);
  }

  /** The process that holds a room's Live session, as its log tells. @throws when none does */
  ownerOf(roomId: string): number {
    const said = this.log.findLast(
      (line) => line.includes('holds the Live session') && line.includes(roomId),
    );
    const [, pid] = /"pid":(\d+)/.exec(said ?? '') ?? [];
    if (pid === undefined) throw new Error('no process holds the Live session of the room');
    return Number(pid);
  }

  /** How many WebSockets each gateway process holds now. */
  async connectionsPerGateway(): Promise<number[]> {
    return Promise.all((await this.gatewayUrls()).map(connectionsOf));
  }

  async stop(): Promise<void> {
    await this.#stopProcesses();
    await this.emulator.stop();
    await rm(this.dataDirectory, { recursive: true, force: true });
  }

  async #stopProcesses(): Promise<void> {
    await this.#command.stop();
    this.#earlierLines.push(...this.#command.lines);
  }
}

/**
 * The built client, and beside it the recorder that the tests load into its pages: a worklet has to come from the page's own origin, and
 * its request cannot be answered by Playwright.
 */
async function clientWithRecorder(parent: string): Promise<string> {
  const directory = join(parent, 'client');
  await cp(fileURLToPath(new URL('../../dist/browser', import.meta.url)), directory, { recursive: true });
  await writeFile(join(directory, RECORDER_FILE), RECORDER_WORKLET);
  return directory;
}

function commandOf(mode: StackMode, env: NodeJS.ProcessEnv): Command {
  return new Command(mode === 'embedded' ? 'tools/start.mjs' : 'tools/cluster.mjs', [], env);
}

async function connectionsOf(gateway: string): Promise<number> {
  const response = await fetch(new URL('/metrics', gateway));
  const [, count] = /^studio_gateway_connections(?:\{[^}]*\})? (\d+)/m.exec(await response.text()) ?? [];
  if (count === undefined) throw new Error('the gateway does not tell how many connections it has');
  return Number(count);
}
