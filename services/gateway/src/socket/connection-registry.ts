import type { Connection } from './connection.ts';

/** The open connections of this gateway, and what is still to be done for those that ended. */
export class ConnectionRegistry {
  private readonly connections = new Set<Connection>();
  private readonly departures = new Set<Promise<void>>();
  private onEmpty: (() => void) | undefined;
  private draining = false;

  [Symbol.iterator](): IterableIterator<Connection> {
    return this.connections.values();
  }

  get size(): number {
    return this.connections.size;
  }

  add(connection: Connection): void {
    this.connections.add(connection);
    // It was at the door when the drain began.
    if (this.draining) connection.moveAway();
  }

  /** @param departure resolves when the end has been told to the others */
  remove(connection: Connection, departure: Promise<void>): void {
    this.connections.delete(connection);
    this.departures.add(departure);
    void departure.finally(() => this.departures.delete(departure));
    if (this.connections.size === 0) this.onEmpty?.();
  }

  /** Asks every client to move, spread over `spreadMs`; resolves when all are gone. */
  async drain(spreadMs: number): Promise<void> {
    this.draining = true;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.onEmpty = () => {
      resolve(undefined);
    };
    if (this.connections.size === 0) resolve(undefined);
    for (const connection of this.connections) {
      setTimeout(() => {
        connection.moveAway();
      }, Math.random() * spreadMs);
    }
    await promise;
    await Promise.all(this.departures);
  }
}
