import { IDLE } from '@studio/contracts';
import type { Event, LiveInfo, ServerMessage, Welcome } from '@studio/contracts';

/** The studio with the offline engine. */
export const OFFLINE: LiveInfo = {
  engine: 'emulator',
  model: 'emulator',
  voice: 'Puck',
  service: 'developer',
  apiVersion: 'v1beta',
  models: ['emulator'],
  tools: [],
};

type Listener = (event: { data: unknown; code: number; reason: string }) => void;

/** A WebSocket for specs: records what is sent, and receives what a spec says. */
export class ScriptedSocket {
  static readonly all: ScriptedSocket[] = [];
  readonly sent: Record<string, unknown>[] = [];
  readonly bufferedAmount = 0;
  binaryType = '';
  readonly #listeners = new Map<string, Listener[]>();

  constructor() {
    ScriptedSocket.all.push(this);
  }

  static get newest(): ScriptedSocket {
    const socket = this.all.at(-1);
    if (!socket) throw new Error('nobody has connected');
    return socket;
  }

  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Record<string, unknown>);
  }

  close(): void {
    this.lose(1000);
  }

  lose(code = 1006): void {
    this.#emit('close', { code });
  }

  receive(message: ServerMessage): void {
    this.#emit('message', { data: JSON.stringify(message) });
  }

  receiveEvents(...events: Event[]): void {
    for (const event of events) this.receive({ type: 'event', event });
  }

  #emit(type: string, event: { data?: unknown; code?: number }): void {
    for (const listener of this.#listeners.get(type) ?? []) {
      listener({ data: undefined, code: 0, reason: '', ...event });
    }
  }
}

export function welcome(change: Partial<Welcome> & Pick<Welcome, 'participantId' | 'room'>): Welcome {
  return {
    type: 'welcome',
    connectionId: 'C'.repeat(22),
    source: 1,
    role: 'member',
    participants: [],
    lobby: [],
    live: IDLE,
    liveInfo: OFFLINE,
    since: 0,
    head: 0,
    recovered: false,
    heartbeatMs: 25_000,
    ...change,
  };
}
