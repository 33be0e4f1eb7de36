import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Says where the next page is (RFC 8288): the address of this request with other parameters. Nothing when there is none.
 * @param next parameters of the next page; undefined when this was the last one
 */
export function linkToNext(
  { url = '/' }: IncomingMessage,
  response: ServerResponse,
  next: Record<string, string | number> | undefined,
): void {
  if (!next) return;
  const [path = '/', search] = url.split('?');
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(next)) parameters.set(name, String(value));
  response.setHeader('link', `<${path}?${parameters.toString()}>; rel="next"`);
}

/** The parameters that lead to the page behind a cursor. */
export function behind(cursor: string | undefined): { cursor: string } | undefined {
  return cursor === undefined ? undefined : { cursor };
}
