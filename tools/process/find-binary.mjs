import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where packages put servers; ordinary users do not have it on their PATH. */
const SERVER_DIRECTORIES = ['/usr/sbin', '/usr/local/sbin'];

/**
 * @param {readonly string[]} names in order of preference
 * @returns {Promise<string | undefined>} the path of the first executable of one of these names
 */
export async function findBinary(...names) {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVER_DIRECTORIES];
  for (const name of names) {
    for (const directory of directories.filter((each) => each !== '')) {
      const path = join(directory, name);
      const executable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (executable) return path;
    }
  }
  return undefined;
}
