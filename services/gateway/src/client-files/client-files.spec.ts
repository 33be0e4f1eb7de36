import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cacheControl } from './caching.ts';
import { asksForPage } from './index-page.ts';

function request(method: string, url: string, accept: string): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  Object.assign(message, { method, url });
  message.headers.accept = accept;
  return message;
}

describe('asksForPage', () => {
  it.each([
    ['GET', '/', 'text/html', true],
    ['GET', '/index.html', '*/*', true],
    ['GET', '/rooms/abc?x=1.js', 'text/html,*/*', true],
    ['HEAD', '/rooms/abc', 'text/html', true],
    ['GET', '/rooms/abc', 'application/json', false],
    ['GET', '/main-ABCDEFGH.js', 'text/html', false],
    ['GET', '/api/rooms', 'text/html', false],
    ['GET', '/healthz', 'text/html', false],
    ['POST', '/', 'text/html', false],
  ])('%s %s with Accept %s: %s', (method, url, accept, expected) => {
    expect(asksForPage(request(method, url, accept))).toBe(expected);
  });
});

describe('cacheControl', () => {
  it('keeps files with a hash in their name for a year, and asks about the others', () => {
    expect(cacheControl('/client/main-5QX2ABCD.js')).toContain('immutable');
    expect(cacheControl('/client/media/voice-ABCDEFGH.worklet.js')).toBe('no-cache');
    expect(cacheControl('/client/favicon.svg')).toBe('no-cache');
  });
});
