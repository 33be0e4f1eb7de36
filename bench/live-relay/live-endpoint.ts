import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import * as z from 'zod';
import type { Marks } from './marks.ts';

/** A chunk of Gemini's voice: 240 ms of 24 kHz PCM, as the service sends it, four times faster than it plays. */
const CHUNK_BYTES = 11_520;
const CHUNK_EVERY_MS = 60;

const ClientMessage = z.object({
  setup: z.unknown().optional(),
  realtimeInput: z
    .object({
      audio: z.object({ data: z.string() }).optional(),
      activityEnd: z.object({}).optional(),
    })
    .optional(),
});

/**
 * The far end of Live connections, in the process that measures: takes the time of what arrives before it reads it, and answers each
 * activity with voice. No emulator, whose own work would be measured too.
 */
export class LiveEndpoint {
  readonly #server: WebSocketServer;
  readonly #heard: Marks;
  readonly #said: Marks;
  readonly #chunksPerAnswer: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  private constructor(server: WebSocketServer, heard: Marks, said: Marks, chunksPerAnswer: number) {
    this.#server = server;
    this.#heard = heard;
    this.#said = said;
    this.#chunksPerAnswer = chunksPerAnswer;
    server.on('connection', (socket) => this.#serve(socket));
  }

  /** @param heard marks of microphones, @param said marks of Gemini's voice */
  static async start(heard: Marks, said: Marks, chunksPerAnswer: number): Promise<LiveEndpoint> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    return new LiveEndpoint(server, heard, said, chunksPerAnswer);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How long an answer takes to be sent, in milliseconds. */
  get answerMs(): number {
    return this.#chunksPerAnswer * CHUNK_EVERY_MS;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: WebSocket): void {
    socket.on('message', (data: Buffer) => {
      const at = performance.now();
      const { setup, realtimeInput } = ClientMessage.parse(JSON.parse(data.toString()));
      if (setup !== undefined) socket.send(Buffer.from('{"setupComplete":{}}'));
      if (realtimeInput?.audio) this.#heard.arrived(Buffer.from(realtimeInput.audio.data, 'base64'), at);
      if (realtimeInput?.activityEnd) this.#answer(socket);
    });
  }

  #answer(socket: WebSocket): void {
    let left = this.#chunksPerAnswer;
    const timer = setInterval(() => {
      if (left-- > 0 && socket.readyState === socket.OPEN) {
        socket.send(voiceMessage(this.#said.send(CHUNK_BYTES)));
        return;
      }
      clearInterval(timer);
      this.#timers.delete(timer);
      socket.send(Buffer.from('{"serverContent":{"generationComplete":true}}'));
      socket.send(Buffer.from('{"serverContent":{"turnComplete":true}}'));
    }, CHUNK_EVERY_MS);
    this.#timers.add(timer);
  }
}

function voiceMessage(pcm: Uint8Array): Buffer {
  const data = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
  const part = { inlineData: { mimeType: 'audio/pcm;rate=24000', data } };
  return Buffer.from(JSON.stringify({ serverContent: { modelTurn: { parts: [part] } } }));
}
