import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keptSessionSecret } from './session-secret.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'studio-secret-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('makes a long secret once, and keeps it where only its owner can read it', async () => {
  const secret = await keptSessionSecret(directory);
  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(await keptSessionSecret(directory)).toBe(secret);
  expect((await stat(join(directory, 'session-secret'))).mode & 0o077).toBe(0);
});
