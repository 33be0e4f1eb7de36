import { RoomConnection, StudioApi, cookieFetch } from '@studio/client';
import { MediaCodec, MediaFlag, MediaKind, StudioError, newId, ownKey } from '@studio/contracts';
import type { Event, Participant, RoomId, User } from '@studio/contracts';
import { WebSocket } from 'ws';

/** A line that is not acknowledged after this is given up, which the check then tells. Milliseconds. */
const PATIENCE_MS = 60_000;
/** How long somebody stays away who leaves and comes back: part of how people behave here, nothing is awaited by it. Milliseconds. */
const ABSENT_MS = 300;
/** Samples of 20 ms at 16 kHz. */
const FRAME_SAMPLES = 320;

export interface Recovery {
  /** The connection was lost, and another one was welcomed: milliseconds of `performance.now()`. */
  readonly from: number;
  readonly to: number;
}

/** Somebody in a room who writes down everything that they were promised and told. */
export class ChaosPerson {
  readonly user: User;
  readonly roomId: RoomId;
  /** Lines that were acknowledged: the event's key, and its sequence. */
  readonly acknowledged = new Map<string, number>();
  /** Events as they came: sequence and key. */
  readonly seen = new Map<number, string>();
  readonly recoveries: Recovery[] = [];
  /** What must never happen, in words. */
  readonly problems: string[] = [];
  /** Events of Gemini that were seen. */
  answers = 0;
  /** What `leave` is about to end is no loss. */
  #leaving = false;
  #lostAt: number | undefined;
  #next: number | undefined;
  #frames = 0;
  readonly #people = new Map<string, Participant>();
  readonly #connection: RoomConnection;
  readonly #api: StudioApi;

  private constructor(api: StudioApi, user: User, roomId: RoomId) {
    this.#api = api;
    this.user = user;
    this.roomId = roomId;
    const connection = new RoomConnection({ api, roomId, WebSocket });
    this.#connection = connection;
    connection.on('state', (state) => {
      if (state === 'reconnecting' && !this.#leaving) this.#lostAt ??= performance.now();
      if (state === 'open') this.#recovered();
    });
    connection.on('welcome', ({ participants }) => {
      this.#people.clear();
      for (const participant of participants) this.#people.set(participant.id, participant);
    });
    connection.on('reset', ({ since }) => {
      this.#next = since + 1;
    });
    connection.on('event', (event) => {
      this.#saw(event);
    });
    connection.on('signal', (signal) => {
      if (signal.type === 'participant') this.#people.set(signal.participant.id, signal.participant);
      if (signal.type === 'participant.gone') this.#people.delete(signal.participantId);
    });
    connection.on('closed', ({ close, error }) => {
      if (!this.#leaving)
        this.problems.push(`the connection has ended for good: ${close?.reason ?? error?.message ?? ''}`);
    });
  }

  static async signIn(url: string, name: string): Promise<{ api: StudioApi; user: User }> {
    const api = new StudioApi({ baseUrl: url, fetch: cookieFetch() });
    return { api, user: await api.signIn(name) };
  }

  static enter({ api, user }: { api: StudioApi; user: User }, roomId: RoomId): ChaosPerson {
    const person = new ChaosPerson(api, user, roomId);
    person.#connection.open();
    return person;
  }

  get open(): boolean {
    return this.#connection.state === 'open';
  }

  get lastSeq(): number {
    return this.#connection.lastSeq ?? 0;
  }

  /** Ids of the people that this client shows as present. */
  get shows(): string[] {
    return [...this.#people.values()].filter(({ state }) => state === 'present').map(({ id }) => id);
  }

  /** Says a line until it is acknowledged, as a page does: with the same key. */
  async say(text: string, { ask = false } = {}): Promise<void> {
    const key = newId();
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        const seq = await this.#connection.chat(text, { key, ask });
        this.acknowledged.set(ownKey(this.user.id, key), seq);
        return;
      } catch (error) {
        const { code } = StudioError.from(error);
        if (code === 'internal' || code === 'forbidden' || code === 'not_found' || code === 'closed')
          throw error;
        if (performance.now() > deadline) throw error;
      }
    }
  }

  /** Speaks for a while, as a microphone does. */
  async speak(ms: number): Promise<void> {
    const until = performance.now() + ms;
    await this.#connection
      .setMedia({ microphone: true, camera: false, screen: false })
      .catch((error: unknown) => this.#expectPassing(error));
    for (let sent = 0; performance.now() < until; sent += 1) {
      this.#connection.sendMedia(
        {
          kind: MediaKind.microphone,
          codec: MediaCodec.pcm16k,
          flags: sent === 0 ? MediaFlag.start : 0,
          sequence: this.#frames++,
          timestamp: Math.floor(performance.now()),
        },
        tone(this.#frames),
      );
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await this.#connection
      .setMedia({ microphone: false, camera: false, screen: false })
      .catch((error: unknown) => this.#expectPassing(error));
  }

  /** Leaves and comes back. */
  async comeAndGo(): Promise<void> {
    this.#leaving = true;
    this.#connection.leave();
    await new Promise((resolve) => setTimeout(resolve, ABSENT_MS));
    this.#leaving = false;
    this.#lostAt = undefined;
    this.#connection.open();
  }

  async readBack(): Promise<void> {
    if (this.lastSeq < 2) return;
    try {
      const { events } = await this.#api.history(this.roomId, { before: this.lastSeq, limit: 50 });
      for (const { seq, key } of events) this.#compare(seq, key, 'the history');
    } catch (error) {
      this.#expectPassing(error);
    }
  }

  close(): void {
    this.#leaving = true;
    this.#connection.leave();
  }

  #expectPassing(error: unknown): void {
    const { code } = StudioError.from(error);
    if (!['unavailable', 'timeout', 'rate_limited'].includes(code))
      this.problems.push(`refused with ${code}: ${String(error)}`);
  }

  #recovered(): void {
    if (this.#lostAt !== undefined) this.recoveries.push({ from: this.#lostAt, to: performance.now() });
    this.#lostAt = undefined;
  }

  #saw({ seq, key, actor, body }: Event): void {
    if (this.#next !== undefined && seq !== this.#next)
      this.problems.push(`event ${seq} came where ${this.#next} was due`);
    this.#next = seq + 1;
    this.#compare(seq, key, 'an event');
    this.seen.set(seq, key);
    if (actor.kind === 'ai' && body.type === 'speech') this.answers += 1;
  }

  #compare(seq: number, key: string, where: string): void {
    const known = this.seen.get(seq);
    if (known !== undefined && known !== key)
      this.problems.push(`event ${seq} was ${known}, and is ${key} in ${where}`);
  }
}

/** 20 ms of something that a voice activity detector takes for a voice: a tone with overtones whose loudness swings. */
function tone(frame: number): Uint8Array {
  const samples = Int16Array.from({ length: FRAME_SAMPLES }, (_, index) => {
    const time = (frame * FRAME_SAMPLES + index) / 16_000;
    const wave = [1, 2, 3, 4].reduce((sum, n) => sum + Math.sin(2 * Math.PI * 140 * n * time) / n, 0);
    return Math.round(5_000 * wave * (0.6 + 0.4 * Math.sin(2 * Math.PI * 4 * time)));
  });
  return new Uint8Array(samples.buffer);
}
