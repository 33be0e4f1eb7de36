import type { LiveService } from '@studio/contracts';
import { speak, startLiveEmulator } from '@studio/live-emulator';
import { presented } from '../run/credential-form.ts';
import { USUAL_VERSION, livePath } from '../run/live-paths.ts';
import { holderOf } from '../run/sdk-auth.ts';
import type { Target, TargetSource } from '../run/target.ts';

const SPEED = 40;
const CREDENTIAL = 'a-credential';
const PROJECT = 'a-project';
const LOCATION = 'europe-west4';

/** An emulator of its own for every case, in this process. */
export const EMULATOR: TargetSource = {
  kind: 'emulator',
  open: async (service, demands) => {
    const { plays, ...demanded } = demands;
    const speed = demanded.speed ?? SPEED;
    const emulator = await startLiveEmulator({
      apiKey: CREDENTIAL,
      ...demanded,
      speed,
      ...(plays === undefined ? {} : { scenario: { steps: [{ when: {}, times: 'always', ...plays }] } }),
    });
    return { target: targetAt(emulator.url, service, speed), close: () => emulator.close() };
  },
};

const spoken = new Map<string, Int16Array>();

/** The emulator's own voice. What was said once is kept: cases say the same things. */
export function emulatedSpeech(text: string): Int16Array {
  const known = spoken.get(text);
  if (known) return known;
  const samples = Int16Array.from([...speak(text, 'Kore')].flatMap((phrase) => [...phrase.samples]));
  spoken.set(text, samples);
  return samples;
}

function targetAt(url: string, service: LiveService, speed: number): Target {
  const usual = USUAL_VERSION[service];
  return {
    kind: 'emulator',
    service,
    speed,
    sdk: ({ apiVersion = usual, prefix = '', credential = CREDENTIAL, form }) => {
      const httpOptions = { baseUrl: url + prefix, apiVersion };
      if (service === 'developer') return { vertexai: false, apiKey: credential, httpOptions };
      if (form === 'x-goog-api-key') return { vertexai: true, apiKey: credential, httpOptions };
      const googleAuthOptions = { authClient: holderOf(credential) };
      return { vertexai: true, project: PROJECT, location: LOCATION, googleAuthOptions, httpOptions };
    },
    raw: ({ apiVersion = usual, prefix = '', credential = CREDENTIAL, form, path }) => {
      const shown = presented(credential, form ?? (service === 'developer' ? 'key' : 'bearer'));
      const target = path ?? livePath(service, apiVersion);
      return Promise.resolve({
        url: url.replace('http', 'ws') + prefix + target + shown.query,
        headers: shown.headers,
      });
    },
    modelName: (id) =>
      service === 'developer'
        ? `models/${id}`
        : `projects/${PROJECT}/locations/${LOCATION}/publishers/google/models/${id}`,
  };
}
