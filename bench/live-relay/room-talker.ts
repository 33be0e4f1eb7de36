import { once } from 'node:events';
import { RoomConnection, StudioApi, cookieFetch } from '@studio/client';
import { MediaCodec, MediaFlag, MediaKind } from '@studio/contracts';
import type { LiveStatus, RoomId } from '@studio/contracts';
import { WebSocket } from 'ws';
import type { OnVoice, Talker } from './talker.ts';

/** A room that is not ready by then will not be. */
const READY_MS = 20_000;

/** Somebody with a browser's connection to a room with push-to-talk, and others who listen. */
export class RoomTalker implements Talker {
  readonly #speaker: RoomConnection;
  readonly #connections: readonly RoomConnection[];
  #status: LiveStatus | undefined;
  readonly #changed = new EventTarget();
  #sequence = 0;

  private constructor(speaker: RoomConnection, listeners: readonly RoomConnection[]) {
    this.#speaker = speaker;
    this.#connections = [speaker, ...listeners];
    speaker.on('signal', (signal) => {
      if (signal.type === 'live') this.#learn(signal.status);
    });
  }

  /** A new room, its people dealt to the gateways; resolves when Gemini listens in it. `onVoice` is told what each connection hears. */
  static async open(gateways: readonly string[], listeners: number, onVoice: OnVoice): Promise<RoomTalker> {
    const gateway = (index: number) => gateways[index % gateways.length] ?? '';
    const owner = await signIn(gateway(0));
    const { id } = await owner.createRoom({ name: 'Bench', visibility: 'link' });
    const { settings, version } = await owner.live(id);
    await owner.setLive(id, { ...settings, floor: 'push-to-talk' }, version);
    const speaker = await enter(owner, id, onVoice);
    const others = await Promise.all(
      Array.from({ length: listeners }, async (_, index) =>
        enter(await signIn(gateway(index + 1)), id, onVoice),
      ),
    );
    const talker = new RoomTalker(speaker, others);
    await speaker.setMedia({ microphone: true, camera: false, screen: false });
    await talker.#until(({ state, floor }) => state === 'listening' && floor.policy === 'push-to-talk');
    return talker;
  }

  async start(): Promise<void> {
    await this.#speaker.floor({ action: 'press' });
    const { participantId } = this.#speaker.welcome ?? {};
    await this.#until(({ floor }) => floor.holder === participantId);
  }

  frame(pcm: Uint8Array): void {
    const header = {
      kind: MediaKind.microphone,
      codec: MediaCodec.pcm16k,
      flags: this.#sequence === 0 ? MediaFlag.start : 0,
      sequence: this.#sequence++,
      timestamp: Math.floor(performance.now()),
    };
    this.#speaker.sendMedia(header, pcm);
  }

  async end(): Promise<void> {
    await this.#speaker.floor({ action: 'release' });
  }

  close(): void {
    for (const connection of this.#connections) connection.leave();
  }

  #learn(status: LiveStatus): void {
    this.#status = status;
    this.#changed.dispatchEvent(new Event('change'));
  }

  async #until(condition: (status: LiveStatus) => boolean): Promise<void> {
    const signal = AbortSignal.timeout(READY_MS);
    while (this.#status === undefined || !condition(this.#status)) {
      await once(this.#changed, 'change', { signal }).catch((cause: unknown) => {
        throw new Error(`the room is not ready: ${JSON.stringify(this.#status)}`, { cause });
      });
    }
  }
}

async function signIn(url: string): Promise<StudioApi> {
  const api = new StudioApi({ baseUrl: url, fetch: cookieFetch() });
  await api.signIn('Bench');
  return api;
}

async function enter(api: StudioApi, roomId: RoomId, onVoice: OnVoice): Promise<RoomConnection> {
  const connection = new RoomConnection({ api, roomId, WebSocket });
  connection.on('media', ({ header, payload }) => {
    if (header.kind === MediaKind.voice) onVoice(payload, performance.now());
  });
  await new Promise<void>((resolve, reject) => {
    connection.on('welcome', () => resolve());
    connection.on('closed', ({ close, error }) =>
      reject(error ?? new Error(close?.reason ?? 'the connection was closed')),
    );
    connection.open();
  });
  return connection;
}
