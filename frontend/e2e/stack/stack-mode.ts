/** How the studio under test runs: all in one process, or every service in processes of its own. */
export type StackMode = 'embedded' | 'cluster';

/** What a Playwright project decides. */
export interface StackOptions {
  mode: StackMode;
}
