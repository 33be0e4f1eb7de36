import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { RequestOrigin } from './request-origin.ts';

function request(headers: Record<string, string>, socket = new Socket()): IncomingMessage {
  const message = new IncomingMessage(socket);
  Object.assign(message.headers, headers);
  return message;
}

describe('RequestOrigin', () => {
  const here = new RequestOrigin(['https://partner.example'], false);
  const behindProxy = new RequestOrigin([], true);

  it.each([
    ['no origin', { host: 'studio.example' }, true],
    ['the same host', { host: 'studio.example:8080', origin: 'http://studio.example:8080' }, true],
    ['another port', { host: 'studio.example:8080', origin: 'http://studio.example' }, false],
    ['another host', { host: 'studio.example', origin: 'https://evil.example' }, false],
    ['an allowed origin', { host: 'studio.example', origin: 'https://partner.example' }, true],
    ['an allowed host by http', { host: 'studio.example', origin: 'http://partner.example' }, false],
    ['an opaque origin', { host: 'studio.example', origin: 'null' }, false],
    [
      'a claim of a proxy',
      { host: 'a.example', origin: 'http://b.example', 'x-forwarded-host': 'b.example' },
      false,
    ],
  ])('decides about %s', (_, headers, allowed) => {
    expect(here.allows(request(headers))).toBe(allowed);
  });

  it('believes a trusted proxy', () => {
    const headers = {
      host: 'gateway:8080',
      origin: 'https://studio.example',
      'x-forwarded-host': 'studio.example',
      'x-forwarded-proto': 'https',
    };
    expect(behindProxy.allows(request(headers))).toBe(true);
    expect(behindProxy.secure(request(headers))).toBe(true);
    expect(here.secure(request(headers))).toBe(false);
  });

  it('sees TLS of its own', () => {
    expect(here.secure(request({}, new TLSSocket(new Socket())))).toBe(true);
  });

  it.each([
    ['203.0.113.9', {}, '203.0.113.9'],
    ['::ffff:203.0.113.9', {}, '203.0.113.9'],
    ['2001:db8:1:02:3:4:5:6', {}, '2001:db8:1:2::/64'],
    ['2001:db8::6', {}, '2001:db8:0:0::/64'],
    ['::1', {}, '0:0:0:0::/64'],
    ['10.0.0.1', { 'x-forwarded-for': '198.51.100.7' }, '10.0.0.1'],
  ])('takes %s with %o for the network %s', (remoteAddress, headers, expected) => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
    expect(here.network(request(headers, socket))).toBe(expected);
  });

  it('believes of a forwarded address what the proxy has written, which is the end', () => {
    const forged = { 'x-forwarded-for': '192.0.2.1, 198.51.100.7' };
    expect(behindProxy.network(request(forged))).toBe('198.51.100.7');
  });
});
