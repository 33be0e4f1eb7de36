import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stampFiles } from './stamp-files.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studio-stamp-'));
  await mkdir(join(root, 'src', 'dist'), { recursive: true });
  await writeFile(join(root, 'src', 'a.ts'), 'one');
  await writeFile(join(root, 'src', 'dist', 'a.js'), 'built');
});

afterEach(() => rm(root, { recursive: true, force: true }));

const stamp = () => stampFiles(root, ['src', 'absent.json'], (path) => !path.endsWith('dist'));

test('untouched files give the same stamp', async () => {
  expect(await stamp()).toBe(await stamp());
});

test('a changed file gives another stamp, even of the same size and with its old modification time', async () => {
  const before = await stamp();
  const { atime, mtime } = await stat(join(root, 'src', 'a.ts'));
  await writeFile(join(root, 'src', 'a.ts'), 'two');
  await utimes(join(root, 'src', 'a.ts'), atime, mtime);
  expect(await stamp()).not.toBe(before);
});

test('new and removed files give another stamp', async () => {
  const before = await stamp();
  await writeFile(join(root, 'absent.json'), '{}');
  expect(await stamp()).not.toBe(before);
  await rm(join(root, 'absent.json'));
  expect(await stamp()).toBe(before);
  await rm(join(root, 'src', 'a.ts'));
  expect(await stamp()).not.toBe(before);
});

test('files that are not wanted do not matter', async () => {
  const before = await stamp();
  await writeFile(join(root, 'src', 'dist', 'a.js'), 'built anew');
  expect(await stamp()).toBe(before);
});
