import { styleText } from './style.mjs';

/** Width of the column with the steps' names. */
const NAME_WIDTH = 14;
/** Steps shorter than this do not say how long they took, in milliseconds. */
const WORTH_TELLING_MS = 1_000;

/**
 * One line: what is being done, then how it ended. While it lasts, only its name stands there.
 * @param {string} name
 * @param {() => Promise<string>} work resolves the outcome in a few words
 */
export async function step(name, work) {
  const from = Date.now();
  process.stdout.write(`  ${name.padEnd(NAME_WIDTH)}`);
  try {
    const outcome = await work();
    process.stdout.write(`${outcome}${duration(Date.now() - from)}\n`);
  } catch (error) {
    process.stdout.write(`${styleText('red', 'failed')}${duration(Date.now() - from)}\n`);
    throw error;
  }
}

/** @param {number} ms */
function duration(ms) {
  return ms < WORTH_TELLING_MS ? '' : styleText('dim', `  ${(ms / 1_000).toFixed(1)} s`);
}
