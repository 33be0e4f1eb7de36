import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from '../process/capture.mjs';
import { missingPackages } from './installed.mjs';
import { ROOT } from './root.mjs';

/**
 * Runs `npm ci` unless everything in the lock file is there already.
 * @returns {Promise<string>} what was done, in a few words
 */
export async function install() {
  const locked = await readLock(join(ROOT, 'package-lock.json'));
  if (locked === undefined) throw new Error('package-lock.json is missing: this is not a complete clone');
  const installed = await readLock(join(ROOT, 'node_modules', '.package-lock.json'));
  if (missingPackages(locked, installed).length === 0) return 'up to date';
  await capture('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev']);
  return 'installed';
}

/**
 * @param {string} path
 * @returns {Promise<import('./installed.mjs').LockFile | undefined>} undefined when it is not there
 */
async function readLock(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
