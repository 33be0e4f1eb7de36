import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startLiveEmulator } from '../emulator.ts';
import { PatientClient } from '../testing/patient-client.ts';
import { readScenario } from './read-scenario.ts';
import { Scenario } from './scenario.ts';

it('faults.yaml lets everything go wrong, and an application that comes back gets through all of it', async () => {
  const file = new URL('../../scenarios/faults.yaml', import.meta.url);
  const scenario = readScenario(readFileSync(file, 'utf8'), 'faults.yaml');
  const { faults, steps } = Scenario.parse(scenario);
  const inFile = faults.length + steps.flatMap(({ goesWrong }) => goesWrong).length;
  const emulator = await startLiveEmulator({ speed: 50, scenario });
  const client = new PatientClient(emulator, {
    model: 'models/gemini-3.8-live',
    outputAudioTranscription: {},
    tools: [{ googleSearch: {} }, { functionDeclarations: [{ name: 'who_is_here' }] }],
  });

  const struck = async (): Promise<number> => {
    await client.takeTurn();
    return emulator.faults.list().filter((fault) => fault.struck > 0).length;
  };
  await expect.poll(struck, { timeout: 40_000, interval: 20 }).toBe(inFile);

  emulator.faults.clear();
  await expect.poll(() => client.takeTurn(), { timeout: 10_000 }).toBe(true);
  client.close();
  await emulator.close();
}, 60_000);
