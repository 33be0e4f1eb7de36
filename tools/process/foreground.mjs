import { spawn } from 'node:child_process';
import { setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../set-up/root.mjs';

const LEASH = new URL('./leash.mjs', import.meta.url).href;
/** After this long a process that was asked to end is killed, so that all is over within five seconds. Milliseconds. */
const GRACE_MS = 4_000;
/** How often to look whether whoever started this command is still there, in milliseconds. */
const PARENT_MS = 500;

/**
 * Runs a Node program as what this command is for: in our terminal, ended by our signals, and our exit code is its exit code.
 * Stopping it by a signal is how it is meant to end, so that gives 0.
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @param {URL} program
 * @param {readonly string[]} [args]
 * @returns {import('node:child_process').ChildProcess}
 */
export function foreground({ node, env }, program, args = []) {
  // A process group of its own, or Ctrl-C would reach it twice: from the terminal and from here.
  const child = spawn(node, ['--import', LEASH, fileURLToPath(program), ...args], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  // A signal that only npm gets ends npm and its shell but never reaches this process; nothing but the new parent tells.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined)
    setInterval(() => process.ppid === parent || stop(), PARENT_MS).unref();
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code) => process.exit(stopping ? 0 : (code ?? 1)));
  return child;
}
