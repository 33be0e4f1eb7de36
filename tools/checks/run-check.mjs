import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { capture } from '../process/capture.mjs';
import { judged } from './outcome.mjs';

/** Longer than any check should take on two slow cores, in milliseconds. */
const TIMEOUT_MS = 25 * 60_000;

/**
 * Work that is one check.
 * @param {() => Promise<unknown>} work
 * @returns {Promise<import('./outcome.mjs').Outcome>}
 */
export async function runOne(work) {
  try {
    await work();
    return { passed: 1, failed: 0, skipped: 0, details: '' };
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      details: error instanceof Error ? error.message : String(error),
    };
  }
}

/**
 * A command that runs tests and writes a JSON report.
 * @template Report
 * @param {{ command: string[], report: string, counts: (report: Report) => import('./reports.mjs').Counts }} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./outcome.mjs').Outcome>}
 */
export async function runSuite({ command: [command = '', ...args], report, counts }, env) {
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  const { output, error } = await attempt(command, args, env);
  const written = await readFile(report, 'utf8').catch(() => undefined);
  if (written === undefined) return { passed: 0, failed: 1, skipped: 0, details: output };
  const count = counts(JSON.parse(written));
  // Something outside of the tests went wrong, for example an error that nothing caught.
  if (error && count.failed === 0) count.failed = 1;
  return judged({ ...count, details: output }, env['CI'] === 'true');
}

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function attempt(command, args, env) {
  try {
    return { output: await capture(command, args, { env, timeoutMs: TIMEOUT_MS }), error: false };
  } catch (error) {
    return { output: error instanceof Error ? error.message : String(error), error: true };
  }
}
