import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compareNames } from './compare-names.ts';
import { unlessMissing } from './file-errors.ts';
import { MARK, prefixPath, unescape } from './object-path.ts';

/** All names with the prefix that were ever written below `root`, in ascending order of their bytes. */
export async function listNames(root: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  const walk = async (directory: string, before: string, begun: string): Promise<void> => {
    for (const entry of (await unlessMissing(readdir(directory))) ?? []) {
      const mark = entry.at(-1);
      const escaped = begun + entry.slice(0, -1);
      const path = join(directory, entry);
      if (mark === MARK.piece) await walk(path, before, escaped);
      else {
        const name = before + unescape(escaped);
        if (mark === MARK.object && name.startsWith(prefix)) names.push(name);
        else if (mark === MARK.part && mayHold(`${name}/`, prefix)) await walk(path, `${name}/`, '');
      }
    }
  };
  const start = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  await walk(join(root, prefixPath(prefix)), start, '');
  return names.sort(compareNames);
}

/** Whether names that begin with `start` can begin with `prefix`. */
function mayHold(start: string, prefix: string): boolean {
  return start.startsWith(prefix) || prefix.startsWith(start);
}
