import { ClientKey, StudioError } from '@studio/contracts';

/**
 * What an `Idempotency-Key` says (draft-ietf-httpapi-idempotency-key-header): a string of a structured field, in quotes; also without them,
 * as many clients send it. 8 to 40 characters, so that a UUID is one.
 * @throws StudioError invalid
 */
export function idempotencyKey(header: string | undefined): ClientKey | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const key = ClientKey.safeParse(/^"(.*)"$/.exec(text)?.[1] ?? text).data;
  if (key === undefined)
    throw new StudioError('invalid', 'Idempotency-Key must be 8 to 40 letters, digits, or -_.: in quotes.');
  return key;
}
