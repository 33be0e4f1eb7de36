/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile
 */

/**
 * @param {{ testResults: VitestFile[] }} report of Vitest's JSON reporter
 * @returns {Counts} a file that failed without a failed test in it, for example because it cannot be loaded, counts as one failure
 */
export function vitestCounts({ testResults }) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    const statuses = assertionResults.map((each) => each.status);
    const failed = statuses.filter((each) => each === 'failed').length;
    const passed = statuses.filter((each) => each === 'passed').length;
    count.passed += passed;
    count.failed += failed === 0 && status === 'failed' ? 1 : failed;
    count.skipped += statuses.length - passed - failed;
  }
  return count;
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report of Playwright's
 * JSON reporter
 * @returns {Counts} a test that passed only when it was repeated has failed; so has everything outside of tests that went wrong
 */
export function playwrightCounts({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  };
}
