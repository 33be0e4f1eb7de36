import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 50;
/** How long a process may take until it can serve, in milliseconds. */
const READY_MS = 30_000;

/**
 * Resolves when a process can serve.
 * @param {import('./supervised-process.mjs').SupervisedProcess} supervised
 * @throws when it ends instead, or is not ready in time
 */
export async function untilReady(supervised) {
  const { name, port, healthz } = supervised.spec;
  const deadline = Date.now() + READY_MS;
  while (!(await (healthz ? answers(port) : accepts(port)))) {
    if (!supervised.running)
      throw new Error(`${name} ended before it could serve: its own words stand above`);
    if (Date.now() > deadline) throw new Error(`${name} cannot serve after ${READY_MS / 1_000} s`);
    await delay(RETRY_MS);
  }
}

/** @param {number} port */
async function answers(port) {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, {
    signal: AbortSignal.timeout(2_000),
  }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.ok === true;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
