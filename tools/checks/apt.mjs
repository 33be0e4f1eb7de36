import { readFile } from 'node:fs/promises';
import { capture } from '../process/capture.mjs';
import { findBinary } from '../process/find-binary.mjs';

/** Whether installing packages is ours to do: as root on Debian and its kin. */
export async function mayInstall() {
  if (process.getuid?.() !== 0 || (await findBinary('apt-get')) === undefined) return false;
  return isDebian(await osRelease());
}

/** Contents of /etc/os-release; empty where there is none. */
export function osRelease() {
  return readFile('/etc/os-release', 'utf8').catch(() => '');
}

/** @param {string} release contents of /etc/os-release */
export function isDebian(release) {
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/** @param {readonly string[]} packages @param {readonly string[]} [options] of apt-get */
export async function aptInstall(packages, options = []) {
  // In run level 1 no package starts the server that it installs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await capture('apt-get', ['update', '-qq', ...options], { env });
  await capture('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...options, ...packages], {
    env,
  });
}
