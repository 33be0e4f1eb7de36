import type { RoomConnection } from '@studio/client';
import type { MediaHeader } from '@studio/contracts';
import type { MediaKind } from '@studio/contracts';

/** Sends media frames; each kind has a sequence of its own. */
export class OutgoingMedia {
  readonly #connection: Pick<RoomConnection, 'sendMedia'>;
  readonly #sequences = new Map<MediaKind, number>();

  constructor(connection: Pick<RoomConnection, 'sendMedia'>) {
    this.#connection = connection;
  }

  send(header: Pick<MediaHeader, 'kind' | 'codec' | 'flags'>, payload: Uint8Array): void {
    const sequence = this.#sequences.get(header.kind) ?? 0;
    this.#sequences.set(header.kind, (sequence + 1) >>> 0);
    this.#connection.sendMedia({ ...header, sequence, timestamp: performance.now() >>> 0 }, payload);
  }
}
