import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** A Node program of the workspace that runs, with every line it writes. */
export class Command {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #ended = false;

  constructor(program: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#child = spawn(process.execPath, [program, ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on('line', (line) => {
        this.#lines.push(line);
        this.#wake();
      });
    }
    // `close` comes when the last line has been read.
    this.#child.once('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** 0 when it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The first match in what it writes. @throws when it ends without one, or takes longer than `timeoutMs` */
  async says(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      for (const line of this.#lines) {
        const match = pattern.exec(line);
        if (match) return match;
      }
      const left = deadline - Date.now();
      if (this.#ended || left <= 0)
        throw new Error(
          `${this.#ended ? 'it ended' : 'it took too long'} without ${String(pattern)}:\n${this.#lines.join('\n')}`,
        );
      await this.#nextLine(left);
    }
  }

  /** SIGTERM, as `kill` sends it; resolves the exit code. */
  async stop(): Promise<number | null> {
    if (!this.#ended) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'close');
    }
    return this.#child.exitCode;
  }

  #nextLine(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const done of this.#waiting) done();
  }
}
