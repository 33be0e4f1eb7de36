import type { LiveService } from '@studio/contracts';
import { presented } from '../run/credential-form.ts';
import { USUAL_VERSION, livePath } from '../run/live-paths.ts';
import { defaultToken, holderOf } from '../run/sdk-auth.ts';
import type { Target, TargetSource } from '../run/target.ts';

/** Who asks Google's service. */
export interface GoogleAccount {
  readonly apiKey?: string;
  readonly vertex?: { readonly project: string; readonly location: string };
}

/**
 * The account that the environment tells, in the variables that the SDK reads too.
 * @throws Error in one line when it tells none
 */
export function accountOf(env: NodeJS.ProcessEnv): GoogleAccount {
  const apiKey = env['GEMINI_API_KEY'] ?? env['GOOGLE_API_KEY'] ?? '';
  const project = env['GOOGLE_CLOUD_PROJECT'] ?? '';
  const usesVertex = /^(?:true|1)$/i.test(env['GOOGLE_GENAI_USE_VERTEXAI'] ?? '');
  const location = env['GOOGLE_CLOUD_LOCATION'] ?? 'global';
  const account: GoogleAccount = {
    ...(apiKey === '' ? {} : { apiKey }),
    ...(usesVertex && project !== '' ? { vertex: { project, location } } : {}),
  };
  if (servicesOf(account).length > 0) return account;
  throw new Error(
    '--real needs GEMINI_API_KEY, or GOOGLE_GENAI_USE_VERTEXAI=true with GOOGLE_CLOUD_PROJECT (and GOOGLE_CLOUD_LOCATION).',
  );
}

export function servicesOf({ apiKey, vertex }: GoogleAccount): LiveService[] {
  return [...(apiKey === undefined ? [] : ['developer' as const]), ...(vertex ? ['vertex' as const] : [])];
}

/** Google's own service. */
export function google(account: GoogleAccount): TargetSource {
  return {
    kind: 'google',
    open: (service) =>
      Promise.resolve({ target: targetOf(account, service), close: () => Promise.resolve() }),
  };
}

function targetOf({ apiKey = '', vertex }: GoogleAccount, service: LiveService): Target {
  const { project, location } = vertex ?? { project: '', location: '' };
  const usual = USUAL_VERSION[service];
  return {
    kind: 'google',
    service,
    speed: 1,
    sdk: ({ apiVersion = usual, credential }) => {
      const httpOptions = { apiVersion };
      if (service === 'developer') return { vertexai: false, apiKey: credential ?? apiKey, httpOptions };
      const held =
        credential === undefined ? {} : { googleAuthOptions: { authClient: holderOf(credential) } };
      return { vertexai: true, project, location, ...held, httpOptions };
    },
    raw: async ({ apiVersion = usual, credential, form, path }) => {
      const own = service === 'developer' ? apiKey : await defaultToken();
      const shown = presented(credential ?? own, form ?? (service === 'developer' ? 'key' : 'bearer'));
      const host = service === 'developer' ? 'generativelanguage.googleapis.com' : vertexHost(location);
      return {
        url: `wss://${host}${path ?? livePath(service, apiVersion)}${shown.query}`,
        headers: shown.headers,
      };
    },
    modelName: (id) =>
      service === 'developer'
        ? `models/${id}`
        : `projects/${project}/locations/${location}/publishers/google/models/${id}`,
  };
}

function vertexHost(location: string): string {
  if (location === 'global') return 'aiplatform.googleapis.com';
  return location === 'us' || location === 'eu'
    ? `aiplatform.${location}.rep.googleapis.com`
    : `${location}-aiplatform.googleapis.com`;
}
