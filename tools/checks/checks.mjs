import { join } from 'node:path';
import { ROOT } from '../set-up/root.mjs';
import { playwrightCounts, vitestCounts } from './reports.mjs';
import { REQUIREMENTS } from './requirements.mjs';
import { runCommands, runSuite } from './run-check.mjs';

const report = (/** @type {string} */ name) => join(ROOT, '.cache', 'test', `${name}.json`);
const { nats, redis, chromium } = REQUIREMENTS;

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
    run: (env) => runCommands([['prettier', '--check', '.']], env),
  },
  {
    name: 'lint',
    needs: [],
    // The rule on module boundaries reads the project graph that Nx leaves behind.
    run: (env) =>
      runCommands(
        [
          ['nx', 'show', 'projects'],
          ['eslint', '.', '--max-warnings', '0'],
        ],
        env,
      ),
  },
  {
    name: 'typecheck',
    needs: [],
    run: (env) => runCommands([['npm', 'run', 'typecheck']], env),
  },
  {
    name: 'build',
    needs: [],
    run: (env) => runCommands([['nx', 'run-many', '-t', 'build', '--outputStyle=static']], env),
  },
  {
    name: 'unit',
    needs: [nats, redis],
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
];
