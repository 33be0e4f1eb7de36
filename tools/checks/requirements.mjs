import { capture } from '../process/capture.mjs';
import { findBinary } from '../process/find-binary.mjs';
import { aptInstall, mayInstall } from './apt.mjs';
import { hasGo, installGo } from './go.mjs';

const DOCKER_MS = 10_000;

/**
 * @typedef {object} Requirement
 * @property {string} name of the program, which is also that of its Debian package
 * @property {string} variable names one that is to be used
 * @property {string[]} binaries
 * @property {boolean} container whether tests can have it from Docker
 * @property {{ present(): Promise<boolean>, install(): Promise<void> }} [made] what it can be built with, where it is not packaged
 */

/** @type {Record<'nats' | 'redis' | 'objectStore' | 'chromium', Requirement>} */
export const REQUIREMENTS = {
  nats: { name: 'nats-server', variable: 'NATS_URL', binaries: ['nats-server'], container: true },
  redis: { name: 'redis-server', variable: 'REDIS_URL', binaries: ['redis-server'], container: true },
  objectStore: {
    name: 'fake-gcs-server',
    variable: 'STORAGE_EMULATOR_HOST',
    binaries: ['fake-gcs-server'],
    container: true,
    // The tests build it once they need it.
    made: { present: hasGo, install: installGo },
  },
  chromium: {
    name: 'chromium',
    variable: 'CHROMIUM_PATH',
    binaries: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    container: false,
  },
};

/**
 * Finds what the checks need, or installs it where that is ours to do: as root on Debian and its kin.
 * @param {readonly Requirement[]} wanted
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<NodeJS.ProcessEnv>} an environment that names Chromium
 * @throws when something is missing; the message says exactly what, and every way to provide it
 */
export async function provide(wanted, env) {
  let missing = await missingOf(wanted, env);
  if (missing.length > 0 && (await mayInstall())) {
    const packaged = missing.filter(({ made }) => made === undefined).map(({ name }) => name);
    if (packaged.length > 0) await aptInstall(packaged);
    for (const { made } of missing) await made?.install();
    missing = await missingOf(wanted, env);
  }
  if (missing.length > 0) throw new Error(missing.map(howToGet).join('\n'));
  if (!wanted.includes(REQUIREMENTS.chromium)) return env;
  return {
    ...env,
    CHROMIUM_PATH: env['CHROMIUM_PATH'] || (await findBinary(...REQUIREMENTS.chromium.binaries)),
  };
}

/** @param {readonly Requirement[]} wanted @param {NodeJS.ProcessEnv} env */
async function missingOf(wanted, env) {
  const absent = [];
  for (const requirement of wanted) {
    const { variable, binaries, made } = requirement;
    const given = (env[variable] ?? '') !== '';
    if (given || (await findBinary(...binaries)) !== undefined || (await made?.present())) continue;
    absent.push(requirement);
  }
  return absent.some(({ container }) => container) && (await dockerAnswers())
    ? absent.filter(({ container }) => !container)
    : absent;
}

/** @param {Requirement} requirement */
export function howToGet({ name, variable, container, made }) {
  const docker = container ? ', start Docker' : '';
  const how =
    made === undefined ? `apt-get install ${name}` : 'with Go 1.23 or newer it is built when it is needed';
  return `${name} is missing: install it (${how})${docker}, or set ${variable}`;
}

async function dockerAnswers() {
  return capture('docker', ['info'], { timeoutMs: DOCKER_MS }).then(
    () => true,
    () => false,
  );
}
