import { join } from 'node:path';
import { ROOT } from '../set-up/root.mjs';

/** How many processes of each service run. */
const REPLICAS = 2;

/** Settings that lead to Google's service; without any of them the cluster brings the emulator. */
const GOOGLE = ['GEMINI_API_KEY', 'GOOGLE_API_KEY', 'GOOGLE_GENAI_USE_VERTEXAI', 'LIVE_EMULATOR_URL'];

/**
 * The processes of the studio itself, in the order in which they start.
 * @param {{ env: NodeJS.ProcessEnv, dataDirectory: string, nextPort: () => number }} options `env` names the engines and holds SESSION_SECRET
 * @returns {{ specs: import('./supervised-process.mjs').ProcessSpec[], gatewayPorts: number[] }}
 */
export function services({ env, dataDirectory, nextPort }) {
  /** @type {(name: string, program: string, port: number, own: NodeJS.ProcessEnv, args?: string[]) => import('./supervised-process.mjs').ProcessSpec} */
  const node = (name, program, port, own, args = []) => ({
    name,
    command: process.execPath,
    args: [join(ROOT, program), ...args],
    env: { ...env, ...own },
    port,
    healthz: true,
    quiet: false,
  });
  const specs = [];
  /** @type {NodeJS.ProcessEnv} */
  const live = {};
  if (GOOGLE.every((name) => (env[name] ?? '') === '')) {
    const port = nextPort();
    const emulator = node('live-emulator', 'libs/live-emulator/dist/main.js', port, {}, [
      '--port',
      `${port}`,
    ]);
    specs.push({ ...emulator, healthz: false });
    live['LIVE_EMULATOR_URL'] = `http://127.0.0.1:${port}`;
  }
  for (const name of ['room', 'gemini-session']) {
    for (let number = 1; number <= REPLICAS; number += 1) {
      const port = nextPort();
      const own = { ...live, HEALTH_PORT: `${port}`, DATA_DIR: dataDirectory };
      specs.push(node(`${name}-${number}`, `services/${name}/dist/main.js`, port, own));
    }
  }
  const shared = {
    CLIENT_DIR: env['CLIENT_DIR'] || join(ROOT, 'frontend', 'dist', 'browser'),
    DRAIN_MOVE_MS: env['DRAIN_MOVE_MS'] || '0',
  };
  const gatewayPorts = Array.from({ length: REPLICAS }, nextPort);
  for (const [index, port] of gatewayPorts.entries())
    specs.push(
      node(`gateway-${index + 1}`, 'services/gateway/dist/main.js', port, { ...shared, PORT: `${port}` }),
    );
  return { specs, gatewayPorts };
}
