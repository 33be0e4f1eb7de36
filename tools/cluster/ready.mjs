import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isWell } from './health-checks.mjs';

const RETRY_MS = 50;
const ANSWER_MS = 2_000;
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
  while (!(await (healthz ? isWell(port, ANSWER_MS) : accepts(port)))) {
    if (!supervised.running)
      throw new Error(`${name} ended before it could serve: its own words stand above`);
    if (Date.now() > deadline) throw new Error(`${name} cannot serve after ${READY_MS / 1_000} s`);
    await delay(RETRY_MS);
  }
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
