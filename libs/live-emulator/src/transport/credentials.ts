import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The service's own words for a credential that it does not know. */
export const INVALID_KEY = 'API key not valid. Please pass a valid API key.';

/** The credential of a request, in whichever of the four places Google's clients put it. */
export function credentialOf(query: URLSearchParams, headers: IncomingHttpHeaders): string | null {
  const header = headers['x-goog-api-key'];
  const authorization = /^(?:Bearer|Token)\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const found =
    query.get('key') ?? query.get('access_token') ?? (typeof header === 'string' ? header : authorization);
  return found ? found : null;
}

/** Whether the credential is the accepted one; without an accepted one, any credential will do. */
export function isAccepted(credential: string | null, accepted: string | undefined): boolean {
  if (credential === null) return false;
  return accepted === undefined || timingSafeEqual(digest(credential), digest(accepted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
