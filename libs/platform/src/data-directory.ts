import { constants } from 'node:fs';
import { access, mkdir, opendir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from './config.ts';

/**
 * Makes sure that a directory is there and can be written, and answers its absolute path. Level by level, because Node's recursive `mkdir`
 * never returns where the system refuses with ENOENT, as it does in /proc.
 * @param variable the setting that named it
 * @throws ConfigError
 */
export async function openDataDirectory(variable: string, directory: string): Promise<string> {
  const path = resolve(directory);
  try {
    await makeLevel(path);
    await (await opendir(path)).close();
    await access(path, constants.W_OK | constants.X_OK);
    return path;
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new ConfigError([
      `${variable}: ${path} cannot be written (${code}): name a directory that this user may write to`,
    ]);
  }
}

async function makeLevel(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const parent = dirname(path);
    // A missing parent is made first; when it is there, the system has refused for good.
    if (code !== 'ENOENT' || (await exists(parent))) throw error;
    await makeLevel(parent);
    await mkdir(path);
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
