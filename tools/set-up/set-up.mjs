import { step } from '../terminal/step.mjs';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { runtime } from './runtime.mjs';

/**
 * Everything between a fresh clone and programs that can be started. What is there already costs nothing.
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node to run them on
 */
export async function setUp() {
  await step('dependencies', install);
  const found = runtime();
  await step('build', () => build(found.env));
  return found;
}
