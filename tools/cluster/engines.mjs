import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinary } from '../process/find-binary.mjs';

/** Redis options that keep what was acknowledged over a restart. */
const DURABLE = ['--appendonly', 'yes'];

/**
 * The servers that a cluster needs and that its environment does not name.
 * @param {string} dataDirectory
 * @param {(() => number)} nextPort
 * @returns {Promise<{ specs: import('./supervised-process.mjs').ProcessSpec[], env: { NATS_URL: string, REDIS_URL: string } }>}
 */
export async function engines(dataDirectory, nextPort) {
  const nats = process.env['NATS_URL'] || undefined;
  const redis = process.env['REDIS_URL'] || undefined;
  /** @type {import('./supervised-process.mjs').ProcessSpec[]} */
  const specs = [];
  const env = { NATS_URL: nats ?? '', REDIS_URL: redis ?? '' };
  if (nats === undefined) {
    const port = nextPort();
    const store = await directory(dataDirectory, 'nats');
    const args = ['--addr=127.0.0.1', `--port=${port}`, '--jetstream', `--store_dir=${store}`];
    specs.push({ ...(await server('nats-server', 'NATS_URL')), args, port });
    env.NATS_URL = `nats://127.0.0.1:${port}`;
  }
  if (redis === undefined) {
    const port = nextPort();
    const store = await directory(dataDirectory, 'redis');
    const args = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', store, '--save', '', ...DURABLE];
    specs.push({ ...(await server('redis-server', 'REDIS_URL')), args, port });
    env.REDIS_URL = `redis://127.0.0.1:${port}`;
  }
  return { specs, env };
}

/** @param {string} name @param {string} variable */
async function server(name, variable) {
  const command = await findBinary(name);
  if (command === undefined)
    throw new Error(
      `${name} is missing: install it (apt-get install ${name}, or brew install ${name}), or set ${variable} to a running one`,
    );
  return { name, command, env: process.env, healthz: false, quiet: true };
}

/** @param {string} parent @param {string} name */
async function directory(parent, name) {
  const path = join(parent, name);
  await mkdir(path, { recursive: true });
  return path;
}
