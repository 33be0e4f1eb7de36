import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/**
 * A digest over path, size, and times of change of files. The time of the last change of status (ctime) is part of it: no program can set
 * it, so that a changed file never goes unnoticed, whatever its modification time says. Reading no contents keeps it fast.
 * @param {string} root
 * @param {readonly string[]} paths files and folders below it; those that do not exist are part of the digest as such
 * @param {(path: string, folder: boolean) => boolean} wanted asked for everything inside the folders, by its path from the root
 * @returns {Promise<string>}
 */
export async function stampFiles(root, paths, wanted) {
  const lines = await Promise.all(paths.map((path) => describe(root, join(root, path), wanted)));
  return createHash('sha256').update(lines.flat().sort().join('\n')).digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @param {(path: string, folder: boolean) => boolean} wanted
 * @returns {Promise<string[]>}
 */
async function describe(root, path, wanted) {
  const name = relative(root, path);
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return [`${name} absent`];
  if (!found.isDirectory()) return [`${name} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`];
  const entries = await readdir(path, { withFileTypes: true });
  const inside = await Promise.all(
    entries
      .filter((entry) => wanted(join(name, entry.name), entry.isDirectory()))
      .map((entry) => describe(root, join(path, entry.name), wanted)),
  );
  return inside.flat();
}
