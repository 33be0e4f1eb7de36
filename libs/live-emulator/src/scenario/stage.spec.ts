import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { answered, ask, liveSession, rawClient, turnsOf } from '../testing/raw-session.ts';
import type { RawClient } from '../testing/raw-client.ts';
import type { ScenarioInput } from './scenario.ts';

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function play(scenario: ScenarioInput): Promise<void> {
  emulator = await startLiveEmulator({ speed: 20, scenario });
}

const writtenBy = ({ frames }: RawClient) =>
  frames.map(({ text }) => /"text": "([^"]*)"/.exec(text)?.[1] ?? '').join('');

describe('a scenario', () => {
  it('says what the model says, and lets the turn go wrong that it names', async () => {
    await play({
      steps: [
        { when: { turn: 1 }, say: 'As the scenario has it.' },
        { when: { turn: 2 }, goesWrong: [{ fault: 'close', code: 1011, reason: 'scripted' }] },
      ],
    });
    const raw = await answered(await liveSession(emulator));
    expect(writtenBy(raw)).toBe('As the scenario has it.');
    expect(await ask(raw).closed).toEqual({ code: 1011, reason: 'scripted' });
    expect(turnsOf(raw)).toBe(1);
    (await answered(await liveSession(emulator))).close();
  });

  it('sets the times of connections', async () => {
    await play({ defaults: { connectionAge: '10s', goAwayNotice: '4s' } });
    const raw = await liveSession(emulator);
    expect((await raw.closed).code).toBe(1011);
    expect(raw.frames.at(-1)?.text).toContain('"timeLeft": "4s"');
  });

  it('strikes at its time, with the faults that it names', async () => {
    await play({ steps: [{ at: '5s', goesWrong: [{ fault: 'drop' }] }] });
    const raw = await answered(await liveSession(emulator));
    expect((await raw.closed).code).toBe(1006);
  });

  it('may be changed at any time: the faults of the last one are over, open sessions go on', async () => {
    await play({ otherwise: { say: 'Old.' }, faults: [{ fault: 'refuse', times: 'always' }] });
    await expect(rawClient(emulator).open()).rejects.toThrow('503');
    emulator.load({ otherwise: { say: 'New.' } });
    const raw = await answered(await liveSession(emulator));
    expect(writtenBy(raw)).toBe('New.');
    emulator.load({ steps: [{ when: { turn: 1, connection: 1 }, say: ' Newer.' }] });
    await answered(raw);
    expect(writtenBy(raw)).toBe('New. Newer.');
    raw.close();
  });

  it('that is none is refused, and the one before stays', async () => {
    await play({ otherwise: { say: 'Still here.' } });
    expect(() => emulator.load({ steps: [{ when: {} }] })).toThrow('does nothing');
    const raw = await answered(await liveSession(emulator));
    expect(writtenBy(raw)).toBe('Still here.');
    raw.close();
  });
});
