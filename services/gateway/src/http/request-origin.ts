import type { IncomingMessage } from 'node:http';
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

  private forwarded(request: IncomingMessage, header: string): string | undefined {
    if (!this.trustProxy) return undefined;
    const value = request.headers[header];
    return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
  }
}
