import type { TestServer } from './test-server.ts';

/** A server that somebody else runs: used, and otherwise left alone. */
export function environmentServer(variable: string, url: string): TestServer {
  const refuse = (): Promise<never> =>
    Promise.reject(new Error(`the server of ${variable} is not ours to stop: start one with { own: true }`));
  return {
    url,
    origin: 'environment',
    restart: refuse,
    pause: refuse,
    resume: refuse,
    stop: () => Promise.resolve(),
  };
}
