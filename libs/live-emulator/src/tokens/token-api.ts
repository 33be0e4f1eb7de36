import type { Clock } from '../clock.ts';
import { Refusal } from '../session/refusal.ts';
import { INVALID_KEY, credentialOf, isAccepted } from '../transport/credentials.ts';
import { HttpError } from '../transport/http.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from '../transport/http.ts';
import { decodeClientFrame } from '../transport/wire-format.ts';
import type { AuthTokens } from './auth-tokens.ts';
import { isTokenName } from './auth-tokens.ts';
import { readTokenRequest } from './token-request.ts';

/** Where ephemeral tokens are made, behind any prefix; v1 has none. */
const PATH = /^(?:\/.*)?\/(?:v1alpha|v1beta)\/auth_tokens$/;
/** Bytes; the largest system instruction and tools that a session takes fit well. */
const MAX_BODY = 1024 * 1024;

/** Makes ephemeral tokens for holders of the key. */
export function tokenApi(tokens: AuthTokens, apiKey: string | undefined, clock: Clock): HttpHandler {
  const create = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { method, query, headers } = request;
    if (method !== 'POST') throw new HttpError(405, 'Only POST.');
    const credential = credentialOf(query, headers);
    if (!isAccepted(credential, apiKey) || isTokenName(credential)) throw new HttpError(401, INVALID_KEY);
    const terms = readTokenRequest(await fieldsOf(request), clock.now());
    if (typeof terms === 'string') throw new HttpError(400, terms);
    return { status: 200, body: { name: tokens.create(terms) } };
  };
  return (request) => (PATH.test(request.path) ? create(request) : null);
}

async function fieldsOf(request: HttpRequest): Promise<unknown> {
  const text = await request.text(MAX_BODY);
  try {
    return text === '' ? {} : decodeClientFrame(text);
  } catch (error) {
    if (error instanceof Refusal) throw new HttpError(400, error.message);
    throw error;
  }
}
