import { createRequire } from 'node:module';
import type { GoogleGenAIOptions } from '@google/genai';

type AuthClient = NonNullable<NonNullable<GoogleGenAIOptions['googleAuthOptions']>['authClient']>;

interface GoogleAuthLibrary {
  readonly OAuth2Client: new () => AuthClient & {
    setCredentials(credentials: { access_token: string; expiry_date: number }): void;
  };
  readonly GoogleAuth: new (options: { scopes: string }) => {
    getAccessToken(): Promise<string | null | undefined>;
  };
}

/** The SDK's own copy of the library, which may be another than the one hoisted. */
const sdkRequire = createRequire(createRequire(import.meta.url).resolve('@google/genai'));

function library(): GoogleAuthLibrary {
  return sdkRequire('google-auth-library') as GoogleAuthLibrary;
}

/** A client that presents this token and asks nobody for another one. */
export function holderOf(token: string): AuthClient {
  const client = new (library().OAuth2Client)();
  client.setCredentials({ access_token: token, expiry_date: Date.now() + 3_600_000 });
  return client;
}

/**
 * An access token by application default credentials.
 * @throws Error when there are none
 */
export async function defaultToken(): Promise<string> {
  const auth = new (library().GoogleAuth)({ scopes: 'https://www.googleapis.com/auth/cloud-platform' });
  const token = await auth.getAccessToken();
  if (!token) throw new Error('no access token from the application default credentials');
  return token;
}
