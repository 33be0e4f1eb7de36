import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where packages put servers that are not on the PATH of ordinary users. */
const SERVER_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin'];

/** The path of an executable of this name on PATH, or undefined. */
export async function findBinary(name: string): Promise<string | undefined> {
  const directories = (process.env['PATH'] ?? '').split(delimiter).filter((directory) => directory !== '');
  for (const directory of [...directories, ...SERVER_DIRECTORIES]) {
    const path = join(directory, name);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
