import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Network } from '../faults/network.ts';

/** A server that can be away for a while and comes back on the same port. */
export class Listener implements Network {
  readonly #server: Server;
  readonly #address: { readonly host: string; readonly port: number };
  readonly #cut: () => void;
  readonly #onFailure: (error: unknown) => void;
  /** Each change waits for the one before it. */
  #changes: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(server: Server, host: string, cut: () => void, onFailure: (error: unknown) => void) {
    this.#server = server;
    this.#address = { host, port: (server.address() as AddressInfo).port };
    this.#cut = cut;
    this.#onFailure = onFailure;
  }

  /**
   * @param cut ends every connection that the server itself no longer knows of
   * @param onFailure told when the port cannot be had again
   * @throws the system's error when it cannot listen there
   */
  static async open(
    server: Server,
    address: { readonly host: string; readonly port: number },
    cut: () => void,
    onFailure: (error: unknown) => void,
  ): Promise<Listener> {
    await listening(server, address);
    return new Listener(server, address.host, cut, onFailure);
  }

  get port(): number {
    return this.#address.port;
  }

  /** Ends every connection, and goes on listening. */
  cut(): void {
    this.#cut();
  }

  down(): void {
    this.#change(async () => {
      const closed = once(this.#server, 'close');
      this.#server.close();
      this.#cut();
      await closed;
    });
  }

  up(): void {
    // The answer to a request of before the outage has left by now.
    this.#server.closeAllConnections();
    this.#change(async () => {
      if (!this.#closed) await listening(this.#server, this.#address);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#server.closeAllConnections();
    this.#cut();
    await this.#changes;
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    this.#cut();
    await closed;
  }

  #change(change: () => Promise<void>): void {
    this.#changes = this.#changes.then(change).catch((error: unknown) => this.#onFailure(error));
  }
}

async function listening(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  server.listen(port, host);
  // Rejects with the server's error, if that comes first.
  await once(server, 'listening');
}
