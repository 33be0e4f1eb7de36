import { defineConfig } from 'vitest/config';

const conditions = ['@studio/source', 'module', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['libs/**/*.spec.ts', 'services/**/*.spec.ts', 'tools/**/*.spec.ts', 'bench/**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Tests that run side by side in one file wait most of the time.
    maxConcurrency: 10,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
