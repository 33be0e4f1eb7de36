import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from './root.mjs';

/** The oldest Node that the project's dependencies work with. */
const OLDEST = [22, 22];

/**
 * @param {string} version such as `22.22.1`
 * @returns {boolean} whether the project runs on it
 */
export function newEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}

/**
 * The Node that everything runs on: the system's, or the one that npm's package `node` brought when the system's is too old.
 * @returns {{ node: string, env: NodeJS.ProcessEnv }} its path, and an environment in which `node` and the workspace's commands are found
 */
export function runtime() {
  const own = join(ROOT, 'node_modules', 'node', 'bin', 'node');
  const node = newEnough(process.versions.node) ? process.execPath : own;
  if (!existsSync(node))
    throw new Error(
      `Node ${process.versions.node} is too old, and npm has not brought a newer one: install Node ${OLDEST.join('.')} or newer, or delete node_modules and try again`,
    );
  const path = [dirname(node), join(ROOT, 'node_modules', '.bin'), process.env['PATH'] ?? ''];
  return {
    node,
    env: {
      ...process.env,
      PATH: path.join(delimiter),
      NODE_COMPILE_CACHE: join(ROOT, '.cache', 'compile'),
      // Several clones may share the machine: nothing of Nx stays behind, nothing leaves it.
      NX_DAEMON: 'false',
      NX_TUI: 'false',
      NX_NO_CLOUD: 'true',
    },
  };
}
