/**
 * What came out of one check. `details` is what a person needs to see when something failed.
 * @typedef {{ passed: number, failed: number, skipped: number, details: string }} Outcome
 */

/**
 * @param {Outcome} outcome
 * @returns {string} in a few words
 */
export function inWords({ passed, failed, skipped }) {
  const words = [`${passed} passed`];
  if (failed > 0) words.push(`${failed} failed`);
  if (skipped > 0) words.push(`${skipped} skipped`);
  return words.join(', ');
}

/**
 * A suite as it counts: one without tests has failed, and in CI so has every test that was skipped.
 * @param {Outcome} outcome
 * @param {boolean} ci
 * @returns {Outcome}
 */
export function judged(outcome, ci) {
  const { passed, failed, skipped, details } = outcome;
  if (passed + failed + skipped === 0)
    return { ...outcome, failed: 1, details: `${details}\nNot one test ran.` };
  if (!ci || skipped === 0) return outcome;
  return {
    passed,
    failed: failed + skipped,
    skipped: 0,
    details: `${details}\n${skipped} skipped: in CI every test runs.`,
  };
}
