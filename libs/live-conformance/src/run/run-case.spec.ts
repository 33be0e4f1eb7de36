import { describe, expect, it } from 'vitest';
import type { ConformanceCase } from '../cases/case.ts';
import { EMULATOR, emulatedSpeech } from '../command/emulator-source.ts';
import { asJson, groupLines, summaryLines } from '../command/report.ts';
import { property } from '../matching/checks.ts';
import { instancesOf } from './instances.ts';
import type { Outcome } from './run-case.ts';
import { runCase } from './run-case.ts';

const connects: ConformanceCase = {
  name: 'It opens',
  script: async (caller) => {
    await caller.connect();
  },
  expect: { order: 'setupComplete' },
};

async function run(of: ConformanceCase, source = EMULATOR): Promise<Outcome> {
  const [instance] = instancesOf([{ title: 'a group', cases: [of] }], 'developer');
  return runCase(instance!, source, emulatedSpeech);
}

describe('a case', () => {
  it('passes where the service does what it says', async () => {
    expect(await run(connects)).toMatchObject({ result: 'passed', tolerated: [] });
  });

  it('fails with what was expected and what was seen', async () => {
    const outcome = await run({ ...connects, expect: { order: 'setupComplete goAway' } });
    expect(outcome).toMatchObject({
      result: 'failed',
      differences: [{ what: 'order', expected: 'setupComplete goAway', seen: 'setupComplete' }],
    });
    expect(groupLines('a group', [outcome]).join('\n')).toContain(
      'order: expected setupComplete goAway; seen setupComplete',
    );
    expect(summaryLines([outcome])[0]).toBe('1 cases: 0 passed, 1 failed, 0 not applicable.');
  });

  it('fails where its script breaks, or a connection is missing', async () => {
    const broken = await run({ ...connects, script: () => Promise.reject(new Error('no such thing')) });
    expect(broken).toMatchObject({
      result: 'failed',
      differences: [{ what: 'script', seen: 'no such thing' }, { what: 'connection' }],
    });
  });

  it('passes with a known difference of its kind of target, and says so', async () => {
    const differing: ConformanceCase = {
      ...connects,
      expect: { holds: [property('colour', () => 'red', 'blue')] },
    };
    const known = { what: 'colour', because: 'it always was' };
    expect(await run({ ...differing, tolerates: [known] })).toMatchObject({ result: 'failed' });
    const outcome = await run({ ...differing, tolerates: [{ ...known, of: 'emulator' }] });
    expect(outcome).toMatchObject({ result: 'passed', tolerated: [{ ...known, seen: '"red"' }] });
    expect(asJson('emulator', [outcome])).toMatchObject({
      counts: { cases: 1, passed: 1, tolerated: 1, failed: 0, notApplicable: 0 },
    });
  });

  it('does not apply to Google where only an emulator can do it', async () => {
    const outcome = await run(
      { ...connects, emulatorOnly: 'a reason' },
      { kind: 'google', open: () => Promise.reject(new Error('never opened')) },
    );
    expect(outcome).toMatchObject({ result: 'not applicable', why: 'a reason' });
  });
});
