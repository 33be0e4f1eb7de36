import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

type Next = (error?: unknown) => void;

const PERMISSIONS = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  'geolocation=()',
  'payment=()',
  'usb=()',
].join(', ');

/**
 * Security headers of every answer. Scripts, workers and worklets come from the studio itself; styles too, or carry the nonce of
 * the page, because Angular inserts those of its components at run time; pictures and sound may be made in the page (`blob:`).
 */
export function securityHeaders(nonceOf: (response: ServerResponse) => string) {
  const nonce = (_: IncomingMessage, response: ServerResponse): string => `'nonce-${nonceOf(response)}'`;
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", nonce],
        styleSrc: ["'self'", nonce],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:', 'data:'],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  return (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    response.setHeader('permissions-policy', PERMISSIONS);
    headers(request, response, next);
  };
}
