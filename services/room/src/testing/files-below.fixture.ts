import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of all files and directories, as they were called before a store made them fit for every file system. */
export async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.map(({ parentPath, name }) => decodeURIComponent(join(parentPath, name)));
}
