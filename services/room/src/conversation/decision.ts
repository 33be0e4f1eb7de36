import { Actor, EventBody, IdempotencyKey, newId } from '@studio/contracts';
import * as z from 'zod';

/** What somebody has decided last about a room or a person, kept with what it changed: what is said about it in the conversation. */
export const Decision = z.object({
  key: IdempotencyKey,
  /** Milliseconds since the epoch. */
  at: z.int().nonnegative(),
  by: Actor,
  body: EventBody,
});
export type Decision = z.infer<typeof Decision>;

/** A decision that is made now. */
export function decide(by: { id: string; name: string }, body: EventBody): Decision {
  return {
    key: `${body.type}:${newId()}`,
    at: Date.now(),
    by: { id: by.id, name: by.name, kind: 'person' },
    body,
  };
}
