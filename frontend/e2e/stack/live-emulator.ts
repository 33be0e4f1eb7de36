import * as z from 'zod';
import { Command } from './command.ts';

const START_MS = 10_000;

const Sessions = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      texts: z.array(z.object({ text: z.string() })),
      heardSpeechSeconds: z.number(),
      spokenSeconds: z.number(),
      interruptions: z.number(),
      turns: z.number(),
      /** What each connection was set up with, the latest last. */
      setups: z.array(z.unknown()),
      activities: z.array(z.object({ seconds: z.number(), dbfs: z.number() })),
    }),
  ),
});

/** What Gemini's stand-in heard and said in one room. */
export type HeardSession = z.infer<typeof Sessions>['sessions'][number];

/** The emulator of the Live API as a process of its own, whose account of what it heard can be read. */
export class LiveEmulator {
  readonly #command: Command;
  readonly url: string;

  private constructor(command: Command, url: string) {
    this.#command = command;
    this.url = url;
  }

  static async start(): Promise<LiveEmulator> {
    const command = new Command('libs/live-emulator/dist/main.js', ['--port', '0'], process.env);
    const [, url = ''] = await command.says(/"url":"(http[^"]+)"/, START_MS);
    return new LiveEmulator(command, url);
  }

  async sessions(): Promise<HeardSession[]> {
    const response = await fetch(new URL('/admin/sessions', this.url));
    return Sessions.parse(await response.json()).sessions;
  }

  /** Plays a scenario from its beginning. */
  async load(scenario: object): Promise<void> {
    await this.#control('PUT', 'scenario', scenario);
  }

  async unload(): Promise<void> {
    await this.#control('DELETE', 'scenario');
  }

  /** Makes something go wrong. */
  async inject(fault: object): Promise<void> {
    await this.#control('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#control('DELETE', 'faults');
  }

  async stop(): Promise<void> {
    await this.#command.stop();
  }

  async #control(method: string, path: string, body?: object): Promise<void> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(new URL(`/admin/${path}`, this.url), init);
    if (!response.ok) throw new Error(`the emulator answers ${response.status}: ${await response.text()}`);
  }
}
