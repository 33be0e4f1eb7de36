import type { ScenarioInput } from './scenario.ts';

/** The longest scenario, in characters. */
export const MAX_SCENARIO = 1_000_000;

/** What is wrong with a scenario: a line for each mistake, with the place of it. */
export class ScenarioError extends Error {
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'ScenarioError';
  }
}

/**
 * Reads a scenario in YAML, or in JSON, which YAML is a superset of. The parser is loaded only now: an emulator
 * that plays none starts without it.
 * @param source the name of the file, for what is said about mistakes in it
 * @throws ScenarioError naming the line and the field of each mistake
 */
export async function parseScenario(text: string, source: string): Promise<ScenarioInput> {
  const { readScenario } = await import('./read-scenario.ts');
  return readScenario(text, source);
}
