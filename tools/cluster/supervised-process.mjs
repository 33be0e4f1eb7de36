import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Wait before a restart: this long, doubled each time up to the second figure, from the start again after the third. Milliseconds. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;
const STABLE_MS = 30_000;
/** So many lines of a quiet process are kept. */
const KEPT_LINES = 20;

/**
 * @typedef {object} ProcessSpec
 * @property {string} name
 * @property {string} command
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {number} port where it listens, the port of its health check for services that serve nothing else
 * @property {boolean} quiet whether its output is shown only when it ends without having been asked to
 * @property {boolean} healthz whether `/healthz` tells when it is ready; otherwise it is when it accepts connections
 */

/** A process that is started again when it ends without having been asked to. */
export class SupervisedProcess {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #stopping = false;
  #failures = 0;
  #startedAt = 0;
  /** @type {string[]} */
  #kept = [];
  /** @type {NodeJS.Timeout | undefined} */
  #restart;
  #say;
  #onChange;

  /**
   * @param {ProcessSpec} spec
   * @param {(line: string) => void} say gets its output and what happens to it, line by line
   * @param {() => void} onChange called when it has begun or ended
   */
  constructor(spec, say, onChange) {
    this.spec = spec;
    this.#say = say;
    this.#onChange = onChange;
  }

  /** Undefined while it does not run. */
  get pid() {
    return this.running ? this.#child?.pid : undefined;
  }

  get running() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start() {
    const { command, args, env } = this.spec;
    this.#startedAt = Date.now();
    // A process group of its own: Ctrl-C is for the supervisor, which stops everything in order.
    const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on('line', (line) => this.#heard(line));
    child.once('error', (error) => this.#say(error.message));
    child.once('exit', (code, signal) => this.#ended(signal ?? `exit code ${code}`));
    this.#onChange();
  }

  /** @param {string} line */
  #heard(line) {
    if (this.spec.quiet) this.#kept = [...this.#kept, line].slice(-KEPT_LINES);
    else this.#say(line);
  }

  /** @param {string} how */
  #ended(how) {
    this.#onChange();
    if (this.#stopping) return;
    for (const line of this.#kept.splice(0)) this.#say(line);
    if (Date.now() - this.#startedAt > STABLE_MS) this.#failures = 0;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
    this.#failures += 1;
    this.#say(`ended with ${how}; starting it again in ${wait} ms`);
    this.#restart = setTimeout(() => this.start(), wait);
  }

  /**
   * SIGTERM, and SIGKILL when it takes too long; resolves when it has ended.
   * @param {number} graceMs
   */
  async stop(graceMs) {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child === undefined || !this.running) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    // One that was paused gets to see SIGTERM only when it goes on.
    child.kill('SIGCONT');
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(force);
  }
}
