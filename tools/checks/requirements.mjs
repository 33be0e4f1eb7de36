import { readFile } from 'node:fs/promises';
import { capture } from '../process/capture.mjs';
import { findBinary } from '../process/find-binary.mjs';

const DOCKER_MS = 10_000;

/**
 * @typedef {object} Requirement
 * @property {string} name of the program, which is also that of its Debian package
 * @property {string} variable names one that is to be used
 * @property {string[]} binaries
 * @property {boolean} container whether tests can have it from Docker
 */

/** @type {Record<'nats' | 'redis' | 'chromium', Requirement>} */
export const REQUIREMENTS = {
  nats: { name: 'nats-server', variable: 'NATS_URL', binaries: ['nats-server'], container: true },
  redis: { name: 'redis-server', variable: 'REDIS_URL', binaries: ['redis-server'], container: true },
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
    await aptInstall(missing.map(({ name }) => name));
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
    const given = (env[requirement.variable] ?? '') !== '';
    if (!given && (await findBinary(...requirement.binaries)) === undefined) absent.push(requirement);
  }
  return absent.some(({ container }) => container) && (await dockerAnswers())
    ? absent.filter(({ container }) => !container)
    : absent;
}

/** @param {Requirement} requirement */
export function howToGet({ name, variable, container }) {
  const docker = container ? ', start Docker' : '';
  return `${name} is missing: install it (apt-get install ${name})${docker}, or set ${variable}`;
}

async function dockerAnswers() {
  return capture('docker', ['info'], { timeoutMs: DOCKER_MS }).then(
    () => true,
    () => false,
  );
}

async function mayInstall() {
  if (process.getuid?.() !== 0 || (await findBinary('apt-get')) === undefined) return false;
  return isDebian(await readFile('/etc/os-release', 'utf8').catch(() => ''));
}

/** @param {string} osRelease contents of /etc/os-release */
export function isDebian(osRelease) {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

/** @param {readonly string[]} packages */
async function aptInstall(packages) {
  // In run level 1 no package starts the server that it installs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await capture('apt-get', ['update', '-qq'], { env });
  await capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
}
