import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RoomConnection, StudioApi, cookieFetch } from '@studio/client';
import type { Event, User } from '@studio/contracts';
import { startLiveEmulator } from '@studio/live-emulator';
import type { LiveEmulator } from '@studio/live-emulator';
import { createLogger, readConfig } from '@studio/platform';
import { startStudio } from '../start-studio.ts';
import type { Studio } from '../start-studio.ts';
import { StudioConfig } from '../studio-config.ts';

/** Somebody who is signed in; `fetch` knows them too. */
export interface Person {
  readonly api: StudioApi;
  readonly user: User;
  readonly fetch: typeof globalThis.fetch;
}

/** A whole studio on data of its own, with an emulator that is twenty times as fast as people. */
export class RunningStudio {
  private readonly connections: RoomConnection[] = [];

  private constructor(
    readonly studio: Studio,
    readonly emulator: LiveEmulator,
    private readonly directory: string,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<RunningStudio> {
    const directory = await mkdtemp(join(tmpdir(), 'studio-'));
    await writeFile(join(directory, 'index.html'), '<app-root></app-root>');
    const emulator = await startLiveEmulator({ speed: 20, setupDelayMs: 5 });
    const config = readConfig(StudioConfig, {
      PORT: '0',
      DATA_DIR: join(directory, 'data'),
      CLIENT_DIR: directory,
      LIVE_EMULATOR_URL: emulator.url,
      ...settings,
    });
    const studio = await startStudio(config, createLogger('studio', { level: 'silent' }));
    return new RunningStudio(studio, emulator, directory);
  }

  async signIn(name: string): Promise<Person> {
    const fetch = cookieFetch();
    const api = new StudioApi({ baseUrl: this.studio.url, fetch });
    return { api, user: await api.signIn(name), fetch };
  }

  /** Welcomed in the room; `events` is filled with what is delivered. */
  async enter({ api }: Person, roomId: string, events: Event[] = []): Promise<RoomConnection> {
    const connection = new RoomConnection({ api, roomId });
    this.connections.push(connection);
    connection.on('event', (event) => events.push(event));
    const welcomed = new Promise((resolve, reject) => {
      connection.on('welcome', resolve);
      connection.on('closed', (closed) => reject(new Error(JSON.stringify(closed))));
    });
    connection.open();
    await welcomed;
    return connection;
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.close();
    await this.studio.close();
    await this.emulator.close();
    await rm(this.directory, { recursive: true });
  }
}
