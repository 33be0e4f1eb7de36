import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const current = new AsyncLocalStorage<AbortSignal>();
let watching = false;

/**
 * Runs the action; HTTP requests that are made for it end with the signal. The library of Cloud Storage offers no way to end a request:
 * while nothing answers, each that is given up would keep its socket for as long as the system does, which may be a quarter of an hour.
 */
export function endWith<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  if (!watching) subscribe('http.client.request.created', watch);
  watching = true;
  return current.run(signal, action);
}

function watch(message: unknown): void {
  const signal = current.getStore();
  if (signal === undefined) return;
  const { request } = message as { request: ClientRequest };
  const end = () => request.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  request.once('close', () => {
    signal.removeEventListener('abort', end);
  });
}
