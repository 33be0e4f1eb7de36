import * as z from 'zod';
import { natural } from '../session/fields.ts';
import { Setup } from '../session/setup.ts';
import { camelCase } from '../transport/wire-format.ts';
import type { Constraints } from './constraints.ts';

const MINUTE_MS = 60_000;
/** How long a token is good when it is not said, for messages and for new sessions; and the longest there is. */
const MESSAGES_MS = 30 * MINUTE_MS;
const NEW_SESSIONS_MS = MINUTE_MS;
const LONGEST_MS = 20 * 60 * MINUTE_MS;

const Time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** The body of `POST /v1beta/auth_tokens`, with its field names in camelCase. */
const Body = z.strictObject({
  expireTime: Time.optional(),
  newSessionExpireTime: Time.optional(),
  uses: natural.optional(),
  bidiGenerateContentSetup: Setup.partial().optional(),
  fieldMask: z.string().optional(),
});

/** What a token is to be good for. Times are emulated ones, in milliseconds. */
export interface TokenTerms {
  readonly expiresAt: number;
  readonly newSessionsUntil: number;
  /** Infinity for any number. */
  readonly uses: number;
  readonly constraints: Constraints | null;
}

/**
 * Reads what a token is asked for.
 * @returns the reason, where it is refused
 */
export function readTokenRequest(body: unknown, now: number): TokenTerms | string {
  const read = Body.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `Invalid value at '${issue?.path.join('.') ?? ''}': ${issue?.message ?? ''}`;
  }
  const { expireTime, newSessionExpireTime, uses = 1, bidiGenerateContentSetup, fieldMask } = read.data;
  const expiresAt = expireTime ?? now + MESSAGES_MS;
  const newSessionsUntil = newSessionExpireTime ?? now + NEW_SESSIONS_MS;
  if (Math.max(expiresAt, newSessionsUntil) >= now + LONGEST_MS) {
    return 'expire_time and new_session_expire_time must be less than 20 hours in the future.';
  }
  if (Math.min(expiresAt, newSessionsUntil) <= now) {
    return 'expire_time and new_session_expire_time must be in the future.';
  }
  const locked = fieldMask === undefined ? null : fieldMask.split(',').map((path) => camelCase(path.trim()));
  const constraints =
    bidiGenerateContentSetup === undefined && locked === null
      ? null
      : { setup: bidiGenerateContentSetup ?? {}, locked };
  return { expiresAt, newSessionsUntil, uses: uses === 0 ? Infinity : uses, constraints };
}
