import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataDirectory } from './data-directory.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'studio-data-'));
});
afterEach(() => rm(base, { recursive: true }));

it('makes a directory with all its parents, and takes one that is there', async () => {
  const path = join(base, 'a', 'b', 'c');
  expect(await openDataDirectory('DATA_DIR', path)).toBe(path);
  expect((await stat(path)).isDirectory()).toBe(true);
  expect(await openDataDirectory('DATA_DIR', path)).toBe(path);
});

it.runIf(process.platform === 'linux')('refuses a place where nothing can be made, and returns', async () => {
  await expect(openDataDirectory('DATA_DIR', '/proc/studio/data')).rejects.toThrow(
    'DATA_DIR: /proc/studio/data cannot be written (ENOENT)',
  );
});

it('refuses a path that leads through a file', async () => {
  await writeFile(join(base, 'file'), '');
  await expect(openDataDirectory('DATA_DIR', join(base, 'file', 'data'))).rejects.toThrow('(ENOTDIR)');
  await expect(openDataDirectory('DATA_DIR', join(base, 'file'))).rejects.toThrow(
    /^DATA_DIR: .*file cannot be written/,
  );
});
