import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError, capture } from '../process/capture.mjs';
import { failedTasks } from './failed-tasks.mjs';
import { ROOT } from './root.mjs';
import { stampFiles } from './stamp-files.mjs';

const STAMP = join(ROOT, '.cache', 'build.json');
const PROJECTS = ['libs', 'services', 'frontend'];
const SHARED = [
  'package.json',
  'package-lock.json',
  'nx.json',
  'tsconfig.base.json',
  'tsconfig.nest.json',
  'node_modules/.package-lock.json',
];
const NEITHER_SOURCE_NOR_RESULT = new Set(['node_modules', '.angular', 'e2e', 'test-results']);

/**
 * Builds everything with Nx, which rebuilds only what changed. Nx needs seconds to find out that nothing did, so what went in and came out
 * of the last complete build is remembered, and Nx is not even asked when both are untouched.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} what was done, in a few words
 */
export async function build(env) {
  // Taken before the build: what is edited while it runs is noticed next time.
  const sources = await stampSources();
  const last = await readFile(STAMP, 'utf8').catch(() => '');
  if (last === remember(sources, await stampResults())) return 'up to date';
  await runMany('build', env);
  await mkdir(dirname(STAMP), { recursive: true });
  await writeFile(STAMP, remember(sources, await stampResults()));
  return 'done';
}

/**
 * @param {string} target
 * @param {NodeJS.ProcessEnv} env
 */
export async function runMany(target, env) {
  try {
    await capture('nx', ['run-many', '-t', target, '--outputStyle=static'], { env });
  } catch (error) {
    if (error instanceof CommandError) error.message = failedTasks(error.message);
    throw error;
  }
}

/** @param {string} sources @param {string} results */
function remember(sources, results) {
  return JSON.stringify({ sources, results });
}

function stampSources() {
  return stampFiles(ROOT, [...SHARED, ...PROJECTS], (path, folder) => {
    const name = basename(path);
    return folder ? name !== 'dist' && !NEITHER_SOURCE_NOR_RESULT.has(name) : !name.endsWith('.spec.ts');
  });
}

function stampResults() {
  return stampFiles(
    ROOT,
    PROJECTS,
    (path, folder) =>
      path.split('/').includes('dist') ||
      (folder &&
        !['src', 'public'].includes(basename(path)) &&
        !NEITHER_SOURCE_NOR_RESULT.has(basename(path))),
  );
}
