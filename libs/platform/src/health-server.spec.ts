import { afterEach, expect, it } from 'vitest';
import { Health } from './health.ts';
import type { HealthServer } from './health-server.ts';
import { startHealthServer } from './health-server.ts';
import { createMetrics } from './metrics.ts';

let server: HealthServer | undefined;
afterEach(() => server?.close());

it('answers 200 while well, 503 with the failed check otherwise, and serves metrics', async () => {
  const health = new Health();
  let well = true;
  health.add('bus', () => well);
  server = await startHealthServer(0, health, createMetrics('room'));
  const url = `http://127.0.0.1:${server.port}`;

  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  well = false;
  const unwell = await fetch(`${url}/healthz`);
  expect(unwell.status).toBe(503);
  expect(await unwell.json()).toEqual({ ok: false, checks: { bus: false } });
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total{service="room"}');
  expect((await fetch(`${url}/else`)).status).toBe(404);
});

it('rejects when the port is taken', async () => {
  server = await startHealthServer(0, new Health(), createMetrics('room'));
  await expect(startHealthServer(server.port, new Health(), createMetrics('room'))).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
