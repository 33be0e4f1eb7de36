import type { LiveService } from '@studio/contracts';
import { presented } from '../run/credential-form.ts';
import { USUAL_VERSION, livePath } from '../run/live-paths.ts';
import { defaultToken, holderOf } from '../run/sdk-auth.ts';
import type { Target, TargetSource } from '../run/target.ts';

/** Who asks Google's service. */
export interface GoogleAccount {
  readonly apiKey?: string;
  readonly vertex?: { readonly project: string; readonly location: string };
  /** What stands between us and Google, where something does. */
  readonly baseUrls: Partial<Record<LiveService, string>>;
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
    baseUrls: baseUrlsOf(env),
  };
  if (servicesOf(account).length > 0) return account;
  throw new Error(
    '--real needs GEMINI_API_KEY, or GOOGLE_GENAI_USE_VERTEXAI=true with GOOGLE_CLOUD_PROJECT (and GOOGLE_CLOUD_LOCATION).',
  );
}

function baseUrlsOf(env: NodeJS.ProcessEnv): GoogleAccount['baseUrls'] {
  const developer = env['GOOGLE_GEMINI_BASE_URL'] ?? '';
  const vertex = env['GOOGLE_VERTEX_BASE_URL'] ?? '';
  return { ...(developer === '' ? {} : { developer }), ...(vertex === '' ? {} : { vertex }) };
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

function targetOf({ apiKey = '', vertex, baseUrls }: GoogleAccount, service: LiveService): Target {
  const { project, location } = vertex ?? { project: '', location: '' };
  const usual = USUAL_VERSION[service];
  const baseUrl = baseUrls[service] ?? `https://${hostOf(service, location)}`;
  const base = baseUrls[service] === undefined ? {} : { baseUrl };
  return {
    kind: 'google',
    service,
    speed: 1,
    sdk: ({ apiVersion = usual, credential }) => {
      const httpOptions = { ...base, apiVersion };
      if (service === 'developer') return { vertexai: false, apiKey: credential ?? apiKey, httpOptions };
      const held =
        credential === undefined ? {} : { googleAuthOptions: { authClient: holderOf(credential) } };
      return { vertexai: true, project, location, ...held, httpOptions };
    },
    raw: async ({ apiVersion = usual, credential, form, path }) => {
      const own = service === 'developer' ? apiKey : await defaultToken();
      const shown = presented(credential ?? own, form ?? (service === 'developer' ? 'key' : 'bearer'));
      return {
        url: `${baseUrl.replace('http', 'ws')}${path ?? livePath(service, apiVersion)}${shown.query}`,
        headers: shown.headers,
      };
    },
    modelName: (id) =>
      service === 'developer'
        ? `models/${id}`
        : `projects/${project}/locations/${location}/publishers/google/models/${id}`,
  };
}

function hostOf(service: LiveService, location: string): string {
  if (service === 'developer') return 'generativelanguage.googleapis.com';
  if (location === 'global') return 'aiplatform.googleapis.com';
  return location === 'us' || location === 'eu'
    ? `aiplatform.${location}.rep.googleapis.com`
    : `${location}-aiplatform.googleapis.com`;
}
