import { defineConfig } from '@playwright/test';
import type { StackOptions } from './stack/stack-mode.ts';

/** Two browsers with sound and a whole studio are as much as two cores can do at a time. */
export default defineConfig<object, StackOptions>({
  testDir: 'tests',
  outputDir: '../../.cache/test/e2e-output',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    // One process has nobody to take over from it.
    { name: 'embedded', use: { mode: 'embedded' }, testIgnore: /takeover/ },
    { name: 'cluster', use: { mode: 'cluster' } },
  ],
});
