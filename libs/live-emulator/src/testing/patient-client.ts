import type { LiveEmulator } from '../emulator.ts';
import type { RawClient } from './raw-client.ts';
import { ask, handleOf, rawClient, turnsOf } from './raw-session.ts';

/** How long it waits for a setup or a turn, in real milliseconds. */
const PATIENCE_MS = 1_500;

/** An application that comes back whenever its connection ends: with its handle, or without where that is refused. */
export class PatientClient {
  readonly #emulator: LiveEmulator;
  readonly #setup: object;
  #connection: RawClient | null = null;
  #handle = '';

  /** @param setup what it sets up beside the resumption */
  constructor(emulator: LiveEmulator, setup: object) {
    this.#emulator = emulator;
    this.#setup = setup;
  }

  /** Takes a turn, and answers the first function that the model calls. Gives whether the turn was complete. */
  async takeTurn(): Promise<boolean> {
    try {
      const connection = (this.#connection ??= await this.#connect());
      await inTime(takeTurnOn(connection));
      return true;
    } catch (error) {
      // Every kind of trouble has the same cure: another connection for the next turn.
      if (!(error instanceof Error)) throw error;
      this.close();
      return false;
    }
  }

  close(): void {
    if (!this.#connection) return;
    this.#handle = handleOf(this.#connection) ?? this.#handle;
    this.#connection.close();
    this.#connection = null;
  }

  async #connect(): Promise<RawClient> {
    const client = await rawClient(this.#emulator).open();
    client.send({ setup: { ...this.#setup, sessionResumption: { handle: this.#handle } } });
    try {
      await inTime(client.nextFrame());
    } catch (error) {
      client.close();
      if ((await client.closed).reason.includes('session not found')) this.#handle = '';
      throw error;
    }
    return client;
  }
}

async function takeTurnOn(client: RawClient): Promise<void> {
  const turns = turnsOf(client);
  const known = client.frames.length;
  const call = () => client.frames.slice(known).find(({ text }) => text.includes('"toolCall"'));
  const over = () => turnsOf(client) > turns && isResumable(client);
  ask(client);
  await client.until(() => over() || call() !== undefined);
  const [, id, name] = /"id": "([^"]+)",\s*"name": "([^"]+)"/.exec(call()?.text ?? '') ?? [];
  if (id === undefined) return;
  client.send({ toolResponse: { functionResponses: [{ id, name, response: {} }] } });
  await client.until(over);
}

/** Whether the newest handle has come: one that is lost on its way makes those before it useless. */
function isResumable({ frames }: RawClient): boolean {
  return (
    frames.findLast(({ text }) => text.includes('"resumable"'))?.text.includes('"resumable": true') === true
  );
}

async function inTime<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('waited for too long')), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
