import type { Page, WebSocket } from '@playwright/test';
import { MediaKind, decodeMediaHeader, mediaPayload } from '@studio/contracts';

/** One piece of Gemini's voice as it came to a browser. */
export interface VoiceFrame {
  samples: Int16Array;
  flags: number;
}

/** Everything that a page gets from its server, and what it complains about. */
export class Traffic {
  readonly errors: string[] = [];
  /** Requests that got no answer; those of a page that was left are among them. */
  readonly failedRequests: string[] = [];
  /** Tickets with which the page said hello. */
  readonly tickets: string[] = [];
  readonly voice: VoiceFrame[] = [];
  readonly #texts: string[] = [];
  readonly #pending = new Set<Promise<void>>();

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
    page.on('requestfailed', (request) => {
      this.failedRequests.push(
        `${request.method()} ${request.url()}: ${request.failure()?.errorText ?? '?'}`,
      );
    });
    page.on('websocket', (socket) => this.#watch(socket));
    page.on('response', (response) => {
      const reading = Promise.all([response.allHeaders(), response.body()]).then(
        ([headers, body]) => {
          this.#texts.push(response.url(), JSON.stringify(headers), body.toString('latin1'));
        },
        () => {
          // A redirect, or a page that was left before the body arrived: there is no body to look at.
          this.#texts.push(response.url());
        },
      );
      this.#pending.add(reading);
      void reading.finally(() => this.#pending.delete(reading));
    });
  }

  /** Every body, header and message so far. */
  async received(): Promise<readonly string[]> {
    await Promise.all(this.#pending);
    return this.#texts;
  }

  #watch(socket: WebSocket): void {
    this.#texts.push(socket.url());
    socket.on('framesent', ({ payload }) => {
      if (typeof payload !== 'string') return;
      const [, ticket] = /"ticket":"([^"]+)"/.exec(payload) ?? [];
      if (ticket !== undefined) this.tickets.push(ticket);
    });
    socket.on('framereceived', ({ payload }) => {
      this.#texts.push(typeof payload === 'string' ? payload : payload.toString('latin1'));
      if (typeof payload !== 'string') this.#keepVoice(payload);
    });
  }

  #keepVoice(frame: Buffer): void {
    const header = decodeMediaHeader(frame);
    if (header?.kind !== MediaKind.voice) return;
    // A copy, because the samples have to begin at an even address.
    const payload = Uint8Array.from(mediaPayload(frame));
    this.voice.push({
      samples: new Int16Array(payload.buffer, 0, payload.byteLength >> 1),
      flags: header.flags,
    });
  }
}
