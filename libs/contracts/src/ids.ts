import * as z from 'zod';

// Declared here because this lib sees neither Node's nor the DOM's globals; both have it.
declare const crypto: { getRandomValues(array: Uint8Array): Uint8Array };

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ID_LENGTH = 22;

/** 22 characters of base64url alphabet, 132 random bits: unguessable, and safe in subjects, paths and URLs. */
export const Id = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'not an id');
export type Id = z.infer<typeof Id>;

/** A room's id: its first 42 bits fall with the time of creation, so that rooms sort newest first; the other 90 are random. */
export const RoomId = Id;
export type RoomId = Id;

/** The participant id that Gemini has in every room. */
export const GEMINI_ID = 'gemini';

/** A person's id, or {@link GEMINI_ID}. */
export const ParticipantId = z.union([z.literal(GEMINI_ID), Id]);
export type ParticipantId = z.infer<typeof ParticipantId>;

/** What makes a repeated durable action the same action: chosen by whoever acts, 8 to 64 characters. */
export const IdempotencyKey = z.string().regex(/^[A-Za-z0-9_.:-]{8,64}$/, 'not an idempotency key');
export type IdempotencyKey = z.infer<typeof IdempotencyKey>;

/** What a client chooses for its own durable action: 8 to 40 characters, so that {@link ownKey} fits an {@link IdempotencyKey}. */
export const ClientKey = z.string().regex(/^[A-Za-z0-9_.:-]{8,40}$/, 'not an idempotency key');
export type ClientKey = z.infer<typeof ClientKey>;

/**
 * The key under which a person's action is kept. It begins with the person's id: nobody can spend the key of another, and a client
 * knows its own lines again in the events.
 */
export function ownKey(userId: Id, key: ClientKey): IdempotencyKey {
  return `${userId}.${key}`;
}

/** A new random {@link Id}. */
export function newId(): Id {
  // 64 symbols divide a byte's 256 values evenly, so the low six bits are unbiased.
  return Array.from(crypto.getRandomValues(new Uint8Array(ID_LENGTH)), (byte) => ALPHABET[byte & 63]).join(
    '',
  );
}
