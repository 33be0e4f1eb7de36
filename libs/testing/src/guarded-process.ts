import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** How long a process may take to end after SIGTERM, in milliseconds. */
const GRACE_MS = 5_000;
/** Characters of its output that are kept for error messages. */
const TAIL_CHARACTERS = 2_000;

/**
 * Ends the process and removes its directory when the pipe to its own parent closes, which the kernel does however the parent dies,
 * SIGKILL included. A process of its own because a dead parent can do nothing.
 */
const GUARD = `
process.stdin.resume().on('close', () => {
  const [pid, directory] = process.argv.slice(1);
  try { process.kill(Number(pid), 'SIGKILL'); } catch (error) { if (error.code !== 'ESRCH') throw error; }
  if (directory) require('node:fs').rmSync(directory, { recursive: true, force: true });
});`;

/** A child process without a shell that ends at the latest when this process does. */
export class GuardedProcess {
  readonly #child: ChildProcess;
  readonly #guard: ChildProcess;
  #tail = '';

  private constructor(child: ChildProcess, guard: ChildProcess) {
    this.#child = child;
    this.#guard = guard;
    const keep = (chunk: Buffer) => (this.#tail = (this.#tail + chunk.toString()).slice(-TAIL_CHARACTERS));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    // A guard must not outlive its process: the id could be another one's by then.
    child.once('exit', () => guard.kill('SIGKILL'));
  }

  /**
   * Starts it; resolves when it runs. `temporary` is a directory that the guard removes should this process die.
   * It has a process group of its own, so that Ctrl-C in a terminal leaves it to whoever started it.
   */
  static async start(
    path: string,
    args: readonly string[],
    temporary: string | undefined,
  ): Promise<GuardedProcess> {
    const child = spawn(path, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    const guard = spawn(process.execPath, ['-e', GUARD, String(child.pid), temporary ?? ''], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const guarded = new GuardedProcess(child, guard);
    await once(guard, 'spawn').catch(async (error: unknown) => {
      await guarded.stop();
      throw error;
    });
    // Neither keeps this process from ending by itself: then the guard does its work.
    for (const each of [child, child.stdout, child.stderr, guard, guard.stdin])
      if (each instanceof Socket || each instanceof ChildProcess) each.unref();
    return guarded;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The end of what it has written to its outputs. */
  get output(): string {
    return this.#tail.trim();
  }

  /** Freezes it. Resolves when all its threads stand still: for a moment after the signal some may still answer. */
  async freeze(): Promise<void> {
    this.#signal('SIGSTOP');
    while (this.running && !(await standsStill(this.pid))) await delay(1);
  }

  /** Lets it go on after `freeze`. */
  thaw(): void {
    this.#signal('SIGCONT');
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.#child.kill(signal)) throw new Error(`process ${this.pid} is not there any more`);
  }

  /** SIGTERM, and SIGKILL when that is not enough; resolves when it has ended. */
  async stop(): Promise<void> {
    if (this.running) {
      this.#child.ref();
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      // A frozen process gets to see SIGTERM only when it goes on.
      this.#child.kill('SIGCONT');
      const force = setTimeout(() => this.#child.kill('SIGKILL'), GRACE_MS);
      await ended;
      clearTimeout(force);
    }
    if (this.#guard.exitCode === null && this.#guard.signalCode === null) this.#guard.kill('SIGKILL');
  }
}

/** Whether every thread of the process is stopped. True where the system has no list of threads: then the signal has to do. */
async function standsStill(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const threads = `/proc/${pid}/task`;
  const states = (await readdir(threads).catch(() => [])).map(async (thread) => {
    const stat = await readFile(`${threads}/${thread}/stat`, 'utf8').catch(() => '');
    // Its name stands in parentheses before the state, and may have any characters. A thread that is gone does nothing either.
    return stat === '' || stat.slice(stat.lastIndexOf(')')).startsWith(') T');
  });
  return (await Promise.all(states)).every(Boolean);
}
