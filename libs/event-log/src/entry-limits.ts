/** Largest data of one entry, in bytes: fits into one NATS message (1 MiB by default) with headers, and into an answer to a reader. */
export const MAX_ENTRY_BYTES = 768 * 1024;
/** Longest idempotency key, in characters. */
const MAX_KEY_CHARACTERS = 200;

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const KEY = new RegExp(`^[\\x21-\\x7e]{1,${MAX_KEY_CHARACTERS}}$`);

/** @throws RangeError when it cannot be part of a file name or a subject */
export function checkLogName(log: string): void {
  if (!NAME.test(log)) throw new RangeError('a log name is 1 to 64 characters of the base64url alphabet');
}

/** @throws RangeError when an engine could not keep it */
export function checkEntry(key: string, data: Uint8Array): void {
  if (!KEY.test(key))
    throw new RangeError(`a key is 1 to ${MAX_KEY_CHARACTERS} visible ASCII characters without spaces`);
  if (data.byteLength > MAX_ENTRY_BYTES)
    throw new RangeError(`an entry has at most ${MAX_ENTRY_BYTES} bytes, not ${data.byteLength}`);
}
