import * as z from 'zod';
import { Command } from './command.ts';

const START_MS = 10_000;

const Sessions = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      heardSpeechSeconds: z.number(),
      spokenSeconds: z.number(),
      interruptions: z.number(),
      turns: z.number(),
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

  async stop(): Promise<void> {
    await this.#command.stop();
  }
}
