import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What all gateways of the cluster sign with: kept in the data directory, so that people stay signed in over a restart.
 * @param {string} dataDirectory
 * @returns {Promise<string>}
 */
export async function sessionSecret(dataDirectory) {
  const path = join(dataDirectory, 'session-secret');
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const secret = randomBytes(32).toString('base64url');
  await writeFile(path, secret, { mode: 0o600, flag: 'wx' });
  return secret;
}
