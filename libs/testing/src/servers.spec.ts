import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askServer } from './ask-server.ts';
import { ServerMissingError, startLocalRedis, startNats, startRedis, type TestServer } from './index.ts';

const started: TestServer[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

async function keep(starting: Promise<TestServer>): Promise<TestServer> {
  const server = await starting;
  started.push(server);
  return server;
}

async function ask(url: string, question: string, end: string): Promise<string | undefined> {
  const { hostname, port } = new URL(url);
  return askServer({ host: hostname, port: Number(port) }, question, (answer) => answer.endsWith(end));
}

const redis = (url: string, command: string) => ask(url, `${command}\r\n`, '\r\n');
const greeting = (url: string) => ask(url, '', '\r\n');

describe('startNats', () => {
  it('starts a server with JetStream that greets at once, and is gone after stop', async () => {
    const server = await keep(startNats({ own: true }));
    expect(server.url).toMatch(/^nats:\/\//);
    expect(await greeting(server.url)).toContain('"jetstream":true');
    await server.stop();
    expect(await greeting(server.url)).toBeUndefined();
  });

  it('is away while it restarts, and comes back on the same address', async () => {
    const server = await keep(startNats({ own: true }));
    let whileDown: string | undefined = 'not called';
    await server.restart(async () => {
      whileDown = await greeting(server.url);
    });
    expect(whileDown).toBeUndefined();
    expect(await greeting(server.url)).toContain('INFO');
  });

  it('uses the server that the environment names, and leaves it alone', async () => {
    const own = await keep(startNats({ own: true }));
    vi.stubEnv('NATS_URL', own.url);
    const given = await startNats();
    expect(given).toMatchObject({ url: own.url, origin: 'environment' });
    await expect(given.restart()).rejects.toThrow('NATS_URL');
    await given.stop();
    expect(await greeting(own.url)).toContain('INFO');
  });

  it('starts many at the same time on different ports', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => keep(startNats({ own: true }))));
    expect(new Set(servers.map((server) => server.url)).size).toBe(4);
  });
});

describe('startRedis', () => {
  it('answers at once, and forgets everything in a restart', async () => {
    const server = await keep(startRedis({ own: true }));
    expect(await redis(server.url, 'SET word kept')).toBe('+OK\r\n');
    await server.restart();
    expect(await redis(server.url, 'GET word')).toBe('$-1\r\n');
  });

  it('keeps its data over a restart when asked to', async () => {
    const server = await keep(startRedis({ own: true, persistent: true }));
    await redis(server.url, 'SET word kept');
    await server.restart();
    expect(await redis(server.url, 'GET word')).toBe('$4\r\nkept\r\n');
  });

  it('keeps its data in a directory that is given', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'studio-kept-'));
    const first = await startLocalRedis(directory);
    await redis(first.url, 'SET word kept');
    await first.stop();
    const second = await keep(startLocalRedis(directory));
    expect(await redis(second.url, 'GET word')).toBe('$4\r\nkept\r\n');
    await second.stop();
    await rm(directory, { recursive: true });
  });

  it('answers nothing while it is paused, and can be stopped then', async () => {
    const server = await keep(startRedis({ own: true }));
    await server.pause();
    expect(await redis(server.url, 'PING')).toBeUndefined();
    await server.resume();
    expect(await redis(server.url, 'PING')).toBe('+PONG\r\n');
    await server.pause();
  });
});

describe('a machine without servers', () => {
  it('is told what is missing and how to get it', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    const error = await startLocalRedis().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServerMissingError);
    expect(String(error)).toContain('no redis-server on PATH (apt-get install redis-server');
  });
});

describe('a process that started servers', () => {
  it('takes them and their directories along, even when it is killed', async () => {
    const script = `
      import { startLocalRedis } from ${JSON.stringify(new URL('./redis.ts', import.meta.url).href)};
      console.log((await startLocalRedis()).url);
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    const directory = (await redis(url, 'CONFIG GET dir'))?.split('\r\n')[4] ?? '';
    expect(existsSync(directory)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(async () => {
      expect(await redis(url, 'PING')).toBeUndefined();
      expect(existsSync(directory)).toBe(false);
    }, 5_000);
  });

  it('ends by itself although its servers run', async () => {
    const script = `
      import { startLocalRedis } from ${JSON.stringify(new URL('./redis.ts', import.meta.url).href)};
      console.log((await startLocalRedis()).url);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 });
    const [exitCode] = (await once(parent, 'exit')) as [number | null];
    expect(exitCode).toBe(0);
  });
});
