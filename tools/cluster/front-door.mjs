import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { HealthChecks } from './health-checks.mjs';

/** Names the gateway of a browser: all its requests go there while that one accepts them. */
export const COOKIE = 'studio-front-door';

/**
 * An HTTP and WebSocket proxy on loopback gateways. It deals new browsers to the gateways in turn and remembers by a cookie whom it gave
 * to which; when that gateway is not well or does not accept a connection, another one gets the request and, from then on, the browser.
 * When none is well, each may still be better than nothing. Requests pass unchanged, `Host` included, so that a gateway sees the origin that the browser sees.
 * @param {readonly number[]} gatewayPorts
 * @param {{ checkMs?: number }} [options]
 * @returns {import('node:http').Server}
 */
export function frontDoor(gatewayPorts, { checkMs } = {}) {
  const health = new HealthChecks(gatewayPorts, checkMs);
  let next = 0;

  /** @param {import('node:http').IncomingMessage} request */
  const gatewayOf = async (request) => {
    const known = gatewayIn(request.headers.cookie, gatewayPorts.length);
    const wanted = known ?? next++ % gatewayPorts.length;
    const inTurn = gatewayPorts.map((_, offset) => (wanted + offset) % gatewayPorts.length);
    const { true: well = [], false: unwell = [] } = Object.groupBy(
      inTurn,
      (index) => `${health.isWell(index)}`,
    );
    for (const index of [...well, ...unwell]) {
      const socket = await open(gatewayPorts[index] ?? 0);
      if (socket !== undefined)
        return {
          socket,
          cookie: index === known ? undefined : `${COOKIE}=${index + 1}; Path=/; HttpOnly; SameSite=Lax`,
        };
    }
    return undefined;
  };

  const server = createServer((request, response) => {
    void gatewayOf(request).then((gateway) => {
      if (gateway === undefined) {
        response
          .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' })
          .end('No gateway answers.\n');
        return;
      }
      const { socket, cookie } = gateway;
      const { method, url: path, rawHeaders: headers } = request;
      const forwarded = httpRequest({ createConnection: () => socket, method, path, headers });
      forwarded.once('response', (answer) => {
        const cookies = cookie === undefined ? [] : ['set-cookie', cookie];
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage, [
          ...answer.rawHeaders,
          ...cookies,
        ]);
        answer.pipe(response);
        answer.once('error', () => response.destroy());
      });
      forwarded.once('error', () =>
        response.headersSent ? response.destroy() : response.writeHead(502).end(),
      );
      response.once('close', () => forwarded.destroy());
      request.pipe(forwarded);
    });
  });

  server.on('upgrade', (request, client, head) => {
    client.on('error', () => client.destroy());
    void gatewayOf(request).then((gateway) => {
      if (gateway === undefined) {
        client.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
        return;
      }
      const { socket } = gateway;
      socket.on('error', () => client.destroy());
      socket.once('close', () => client.destroy());
      client.once('close', () => socket.destroy());
      socket.setNoDelay(true);
      socket.write(requestHead(request));
      socket.write(head);
      socket.pipe(client);
      client.pipe(socket);
    });
  });
  server.once('close', () => health.stop());
  return server;
}

/**
 * @param {string | undefined} cookies the `Cookie` header
 * @param {number} count how many gateways there are
 * @returns {number | undefined} index of the browser's gateway; undefined when it is new or names one that does not exist
 */
export function gatewayIn(cookies, count) {
  const given = cookies
    ?.split(';')
    .map((cookie) => cookie.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1];
  const index = Number(given) - 1;
  return Number.isInteger(index) && index >= 0 && index < count ? index : undefined;
}

/**
 * @param {number} port
 * @returns {Promise<import('node:net').Socket | undefined>} a connection; undefined when nobody accepts it
 */
function open(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** @param {import('node:http').IncomingMessage} request */
function requestHead({ method, url, rawHeaders }) {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let index = 0; index < rawHeaders.length; index += 2)
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
