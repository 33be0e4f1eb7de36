import { flushCompileCache } from 'node:module';
import { LIMITS } from '@studio/contracts';
import { ConfigError } from './config.ts';

export interface Running {
  close(): Promise<void>;
}

/**
 * The life of a process: start, serve until SIGINT or SIGTERM, close within `LIMITS.drainMs`. What prevents the start is told in one clear
 * line per problem on standard error, with exit code 1. A second signal ends the process at once.
 */
export function runService(name: string, start: () => Promise<Running>): void {
  process.on('uncaughtException', (error) => fail(name, error));
  const started = start();
  started.then(
    () => flushCompileCache(),
    (error: unknown) => fail(name, error),
  );

  let closing = false;
  const stop = () => {
    if (closing) process.exit(1);
    closing = true;
    setTimeout(
      () => fail(name, new Error(`did not close within ${LIMITS.drainMs} ms`)),
      LIMITS.drainMs,
    ).unref();
    started
      .then((running) => running.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(name, error),
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function fail(name: string, error: unknown): never {
  for (const line of explain(error)) process.stderr.write(`${name}: ${line}\n`);
  process.exit(1);
}

/** What a person needs to know to mend it, one line per problem. */
export function explain(error: unknown): string[] {
  if (error instanceof ConfigError) return [...error.problems];
  if (!(error instanceof Error)) return [String(error)];
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return [`port ${port ?? '?'} is in use: stop the other program or set PORT to a free one`];
  if (code === 'EACCES' && port !== undefined)
    return [`port ${port} needs more rights: set PORT to one above 1023`];
  return [process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.message) : error.message];
}
