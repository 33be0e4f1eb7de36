import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { ROOT } from '../set-up/root.mjs';

/** How long a command may take to end after SIGTERM before it is killed, in milliseconds. */
const GRACE_MS = 3_000;

/** A command that failed; the message is what it said itself. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} output
   * @param {string} outcome
   */
  constructor(command, output, outcome) {
    super(`${output.trim()}\n\n${command}: ${outcome}`.trim());
    this.name = 'CommandError';
  }
}

/**
 * Runs a command to its end and keeps what it says. A signal to this process ends the command and all it has started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<string>} its output, standard error included
 * @throws {CommandError} when it cannot be started or its exit code is not 0
 */
export async function capture(command, args, { env = process.env, timeoutMs } = {}) {
  // A process group of its own: a signal reaches the command's own children too, and only when we send it.
  const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));

  const line = [command, ...args].join(' ');
  const output = () => Buffer.concat(chunks).toString();
  /** @type {(signal: NodeJS.Signals) => void} */
  const stop = (signal) => {
    end(child.pid, 'SIGTERM');
    setTimeout(() => {
      end(child.pid, 'SIGKILL');
      process.exit(signal === 'SIGINT' ? 130 : 143);
    }, GRACE_MS);
    child.once('close', () => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let late = false;
  const deadline =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          late = true;
          end(child.pid, 'SIGKILL');
        }, timeoutMs);
  try {
    await new Promise((resolve, reject) => {
      child.once('error', (error) => reject(new CommandError(line, output(), error.message)));
      child.once('close', (code, signal) => {
        if (code === 0) resolve(undefined);
        else
          reject(
            new CommandError(
              line,
              output(),
              late ? `not done within ${timeoutMs} ms` : `ended with ${signal ?? `exit code ${code}`}`,
            ),
          );
      });
    });
  } finally {
    clearTimeout(deadline);
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
  return output();
}

/** @param {number | undefined} group @param {NodeJS.Signals} signal */
function end(group, signal) {
  if (group === undefined) return;
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
