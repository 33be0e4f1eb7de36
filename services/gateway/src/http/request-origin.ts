import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Where a request came to and from, with or without a trusted proxy in front. */
export class RequestOrigin {
  private readonly allowed: ReadonlySet<string>;

  constructor(
    allowedOrigins: readonly string[],
    private readonly trustProxy: boolean,
  ) {
    this.allowed = new Set(allowedOrigins);
  }

  /** Whether the person's browser used https. */
  secure(request: IncomingMessage): boolean {
    return (
      request.socket instanceof TLSSocket ||
      this.forwarded(request, 'x-forwarded-proto')?.toLowerCase() === 'https'
    );
  }

  /**
   * Whether a page of the request's `Origin` may act for the person. Without the header it is no browser, or a browser that
   * stays on the same site: `SameSite` cookies and tickets guard the rest.
   */
  allows(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    if (origin === undefined) return true;
    if (this.allowed.has(origin)) return true;
    const host = this.forwarded(request, 'x-forwarded-host') ?? request.headers.host;
    return host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
  }

  /**
   * The network that the person's request came from: their address, of IPv6 the half that a provider gives out (/64). Behind a proxy it is
   * what the proxy has seen, the last one in `X-Forwarded-For`: whatever stands before that anybody may have written.
   */
  network(request: IncomingMessage): string {
    const seen = this.trustProxy ? request.headers['x-forwarded-for'] : undefined;
    const last = (Array.isArray(seen) ? seen.join() : seen)?.split(',').at(-1)?.trim();
    return networkOf(last ?? request.socket.remoteAddress ?? '').slice(0, 64);
  }

  private forwarded(request: IncomingMessage, header: string): string | undefined {
    if (!this.trustProxy) return undefined;
    const value = request.headers[header];
    return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
  }
}

function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [start = '', end] = address.split('::');
  const first = start === '' ? [] : start.split(':');
  const last = end === undefined || end === '' ? [] : end.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...(end === undefined ? [] : zeros), ...last].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
