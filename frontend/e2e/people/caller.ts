import { RoomConnection, StudioApi, cookieFetch } from '@studio/client';
import type { ConnectionState } from '@studio/client';
import { MediaFlag, MediaKind } from '@studio/contracts';
import type { Event, LiveStatus, MediaHeader, Room } from '@studio/contracts';

/** A person without a browser: the studio's own client in this process, with everything that it is told. */
export class Caller {
  readonly api: StudioApi;
  readonly events: Event[] = [];
  /** Gemini's voice, with when each frame came, on `performance.now()`. */
  readonly voice: (MediaHeader & { bytes: number; at: number })[] = [];
  readonly states: ConnectionState[] = [];
  status: LiveStatus | undefined;
  #connection: RoomConnection | undefined;

  private constructor(api: StudioApi) {
    this.api = api;
  }

  static async signIn(gateway: string, name: string): Promise<Caller> {
    const caller = new Caller(new StudioApi({ baseUrl: gateway, fetch: cookieFetch() }));
    await caller.api.signIn(name);
    return caller;
  }

  enter(room: Room): void {
    const connection = new RoomConnection({ api: this.api, roomId: room.id });
    connection.on('state', (state) => this.states.push(state));
    connection.on('event', (event) => this.events.push(event));
    connection.on('signal', (signal) => {
      if (signal.type === 'live') this.status = signal.status;
    });
    connection.on('media', ({ header, payload }) => {
      if (header.kind === MediaKind.voice)
        this.voice.push({ ...header, bytes: payload.byteLength, at: performance.now() });
    });
    connection.open();
    this.#connection = connection;
  }

  async type(text: string): Promise<number> {
    if (this.#connection === undefined) throw new Error('not in a room');
    return this.#connection.chat(text);
  }

  leave(): void {
    this.#connection?.leave();
  }

  /** When a turn of Gemini began to be heard after that moment, on `performance.now()`. */
  turnAfter(at: number): number | undefined {
    return this.voice.find((frame) => frame.at > at && (frame.flags & MediaFlag.start) !== 0)?.at;
  }
}
