import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { newId, RoomId, StudioError } from '@studio/contracts';
import type { RpcRequest } from '@studio/contracts';
import { decodeJson, encodeJson } from '@studio/bus';
import type { Lease, Leases } from '@studio/presence';
import * as z from 'zod';
import { LEASES } from '../ports.ts';

/** How long a repetition is known, in milliseconds: whoever has had no answer for a day does not ask again by themselves. */
const KNOWN_MS = 24 * 60 * 60 * 1_000;
/** Longer than it takes to make a room. Milliseconds. */
const HELD_MS = 10_000;
/** How long a repetition waits for the first request, in milliseconds: less than the deadline of a request. */
const PATIENCE_MS = 4_000;
const LOOK_MS = 50;

/** The room that is made, or was made, for a key. */
const Creation = z.object({
  id: RoomId,
  createdAt: z.int().nonnegative(),
  made: z.boolean(),
  /** Of what was asked for. */
  fingerprint: z.string(),
});
export type Creation = z.infer<typeof Creation>;

type Request = RpcRequest<'room.create'> & { key: string };

/**
 * Which rooms were made for which keys, so that a request that is repeated for want of an answer makes no second room, whichever process is
 * asked. The id is kept before anything is made: whatever died in between goes on with the same room.
 */
@Injectable()
export class CreationKeys {
  constructor(@Inject(LEASES) private readonly leases: Leases) {}

  /**
   * Calls `make` with the room for this key, alone: with the id of the first time, or with `fresh` when it is the first.
   * @throws StudioError conflict when the key was used for another room, or is being used; and what `make` throws
   */
  async once<T>(
    request: Request,
    fresh: Pick<Creation, 'id' | 'createdAt'>,
    make: (creation: Creation) => Promise<T>,
  ): Promise<T> {
    const lease = await this.acquire(`create:${request.owner.id}:${request.key}`);
    try {
      const fingerprint = fingerprintOf(request);
      const kept = await this.leases.recall(lease.name);
      const creation =
        kept === undefined
          ? { ...fresh, made: false, fingerprint }
          : Creation.parse(decodeJson(Buffer.from(kept)));
      if (creation.fingerprint !== fingerprint)
        throw new StudioError('conflict', 'This idempotency key was used for another room.');
      if (kept === undefined) await this.keep(lease, creation);
      const made = await make(creation);
      if (!creation.made) await this.keep(lease, { ...creation, made: true });
      return made;
    } finally {
      await this.leases.release(lease);
    }
  }

  private async keep(lease: Lease, creation: Creation): Promise<void> {
    const text = Buffer.from(encodeJson(creation)).toString();
    if (await this.leases.remember(lease, text, KNOWN_MS)) return;
    throw busy();
  }

  private async acquire(name: string): Promise<Lease> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const lease = await this.leases.acquire(name, newId(), HELD_MS);
      if (lease !== undefined) return lease;
      if (performance.now() > deadline) throw busy();
      await delay(LOOK_MS);
    }
  }
}

function busy(): StudioError {
  return new StudioError('conflict', 'The room for this idempotency key is being made. Try again.');
}

/** Tells requests apart. Of a passcode only that there is one: nothing from which it could be guessed is kept. */
function fingerprintOf({ name, visibility, lobby = false, passcode = null }: Request): string {
  const asked = JSON.stringify([name, visibility, lobby, passcode !== null]);
  return createHash('sha256').update(asked).digest('base64url');
}
