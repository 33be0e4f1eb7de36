import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { ConfigError } from '@studio/platform';

/** Stands in index.html where the nonce of the answer belongs. */
const PLACEHOLDER = /CSP_NONCE/g;

/** First parts of paths that never are pages of the client. */
const NO_PAGES: ReadonlySet<string | undefined> = new Set(['api', 'ws', 'healthz', 'metrics']);

/** Whether a request asks for a page: one of the client's routes, which all are index.html. */
export function asksForPage({ method, url = '/', headers }: IncomingMessage): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const [path = '/'] = url.split('?');
  if (path === '/' || path === '/index.html') return true;
  const parts = path.split('/');
  if (NO_PAGES.has(parts[1]) || parts.at(-1)?.includes('.') === true) return false;
  return headers.accept?.includes('text/html') === true;
}

/**
 * Answers pages with index.html, in which it writes the nonce of the answer. The file is read each time: it is small, and a new
 * build is served without a restart.
 * @throws ConfigError when there is no index.html in the directory
 */
export async function indexPage(directory: string, nonceOf: (response: ServerResponse) => string) {
  const file = join(directory, 'index.html');
  try {
    await stat(file);
  } catch {
    throw new ConfigError(['CLIENT_DIR: there is no index.html in this directory']);
  }
  return (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void => {
    if (!asksForPage(request)) {
      next();
      return;
    }
    readFile(file, 'utf8').then((page) => {
      const body = page.replace(PLACEHOLDER, nonceOf(response));
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'content-length': Buffer.byteLength(body),
      });
      response.end(request.method === 'HEAD' ? undefined : body);
    }, next);
  };
}
