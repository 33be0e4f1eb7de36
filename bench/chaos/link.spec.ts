import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { freePorts } from '@studio/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Link } from './link.ts';

let echo: Server;
let link: Link;
let heard = '';
let client: Socket;

async function call(): Promise<Socket> {
  const socket = connect(link.port, '127.0.0.1');
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  await once(socket, 'connect');
  return socket;
}

beforeEach(async () => {
  heard = '';
  const [echoPort = 0, port = 0] = await freePorts(2);
  echo = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.pipe(socket);
  }).listen(echoPort, '127.0.0.1');
  await once(echo, 'listening');
  link = await Link.open(port, echoPort);
  client = await call();
});
afterEach(() => {
  client.destroy();
  link.close();
  echo.close();
});

/** Resolves when the connection has ended, in whatever way. */
function gone(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

it('passes everything on, in both directions', async () => {
  client.write('hello');
  await vi.waitFor(() => expect(heard).toBe('hello'));
});

it('lets nothing through while it is silent, and everything afterwards', async () => {
  client.write('before ');
  await vi.waitFor(() => expect(heard).toBe('before '));
  link.silence();
  client.write('during ');
  const other = await call();
  other.write('other ');
  // Nothing can be awaited that must not come: a whole way there and back on another link is long enough.
  const control = await Link.open((await freePorts(1))[0] ?? 0, (echo.address() as { port: number }).port);
  const quick = connect(control.port, '127.0.0.1');
  quick.write('x');
  await once(quick, 'data');
  quick.destroy();
  control.close();
  expect(heard).toBe('before ');
  link.heal();
  await vi.waitFor(() => expect(heard).toMatch(/^before (during other |other during )$/));
  other.destroy();
});

it('ends what is connected when it is cut, and accepts others when it is whole again', async () => {
  const ended = gone(client);
  link.cut();
  await ended;
  const refused = connect(link.port, '127.0.0.1');
  await gone(refused);
  link.heal();
  client = await call();
  client.write('again');
  await vi.waitFor(() => expect(heard).toBe('again'));
});
