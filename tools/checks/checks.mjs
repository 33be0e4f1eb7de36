import { join } from 'node:path';
import { capture } from '../process/capture.mjs';
import { build, runMany } from '../set-up/build.mjs';
import { ROOT } from '../set-up/root.mjs';
import { playwrightCounts, vitestCounts } from './reports.mjs';
import { REQUIREMENTS } from './requirements.mjs';
import { runOne, runSuite } from './run-check.mjs';

const report = (/** @type {string} */ name) => join(ROOT, '.cache', 'test', `${name}.json`);
const { nats, redis, objectStore, chromium } = REQUIREMENTS;

/** A minute and a half of faults, and what is looked at afterwards; on a slow machine too. Milliseconds. */
const CHAOS_MS = 5 * 60_000;

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {import('./requirements.mjs').Requirement[]} needs
 * @property {(env: NodeJS.ProcessEnv) => Promise<import('./outcome.mjs').Outcome>} run
 */

/**
 * Everything that has to hold, the quickest to tell first.
 * @type {readonly Check[]}
 */
export const CHECKS = [
  {
    name: 'format',
    needs: [],
    run: (env) => runOne(() => capture('prettier', ['--check', '.'], { env })),
  },
  {
    name: 'lint',
    needs: [],
    run: (env) =>
      runOne(async () => {
        // The rule on module boundaries reads the project graph that Nx leaves behind.
        await capture('nx', ['show', 'projects'], { env });
        await capture('eslint', ['.', '--max-warnings', '0'], { env });
      }),
  },
  {
    name: 'typecheck',
    needs: [],
    run: (env) =>
      runOne(async () => {
        await runMany('typecheck', env);
        for (const project of ['tools', 'frontend/e2e', 'bench'])
          await capture('tsc', ['-p', project], { env });
      }),
  },
  {
    name: 'build',
    needs: [],
    run: (env) => runOne(() => build(env)),
  },
  {
    name: 'unit',
    needs: [nats, redis, objectStore],
    run: (env) =>
      runSuite(
        {
          command: [
            'vitest',
            'run',
            '--reporter=default',
            '--reporter=json',
            `--outputFile.json=${report('unit')}`,
          ],
          report: report('unit'),
          counts: vitestCounts,
        },
        env,
      ),
  },
  {
    name: 'frontend',
    needs: [],
    run: (env) =>
      runSuite(
        {
          command: [
            ...['npm', 'test', '--workspace', '@studio/frontend', '--'],
            ...['--reporters=default', '--reporters=json', `--output-file=${report('frontend')}`],
          ],
          report: report('frontend'),
          counts: vitestCounts,
        },
        env,
      ),
  },
  {
    name: 'e2e',
    needs: [nats, redis, chromium],
    run: (env) =>
      runSuite(
        {
          command: [
            'playwright',
            'test',
            '--config',
            'frontend/e2e/playwright.config.ts',
            '--reporter=list,json',
          ],
          report: report('e2e'),
          counts: playwrightCounts,
        },
        { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e') },
      ),
  },
  {
    name: 'rolling-restart',
    needs: [nats, redis],
    run: (env) => runOne(() => chaos(env, ['--rolling', '--minutes', '0.75'])),
  },
  {
    name: 'chaos',
    needs: [nats, redis],
    run: (env) => runOne(() => chaos(env, ['--minutes', '1.5'])),
  },
];

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} options
 */
function chaos(env, options) {
  return capture('node', ['bench/chaos/main.ts', '--seed', '4', '--rooms', '6', ...options], {
    // It kills its brokers, so they are its own.
    env: { ...env, NATS_URL: '', REDIS_URL: '' },
    timeoutMs: CHAOS_MS,
  });
}
