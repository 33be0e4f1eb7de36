import { describe, expect, it } from 'vitest';
import { startLiveEmulator } from '@studio/live-emulator';
import { CASES } from '../cases/all.ts';
import { instancesOf } from '../run/instances.ts';
import { runCase } from '../run/run-case.ts';
import { emulatedSpeech } from './emulator-source.ts';
import { accountOf, google, servicesOf } from './google-source.ts';
import { readOptions } from './options.ts';

describe('the options of the command', () => {
  it('are read', () => {
    expect(readOptions([])).toEqual({ help: false, real: false, all: false });
    expect(
      readOptions([
        '--real',
        '--all',
        '--service',
        'vertex',
        '--model',
        'gemini-3.8-live',
        '--only',
        'tools',
      ]),
    ).toEqual({
      help: false,
      real: true,
      all: true,
      service: 'vertex',
      model: 'gemini-3.8-live',
      only: /tools/i,
    });
  });

  it.each([
    [['--all'], /--all goes with --real/],
    [['--service', 'both'], /developer or vertex/],
    [['--model', 'gemini-0'], /gemini-3\.8-live/],
    [['--only', '('], /regular expression/],
    [['--loud'], /--loud/],
  ])('that cannot be understood are named: %j', (args, reason) => {
    expect(() => readOptions(args)).toThrow(reason);
  });
});

describe('the account of the environment', () => {
  it('is a key, a project, or both', () => {
    expect(servicesOf(accountOf({ GEMINI_API_KEY: 'k' }))).toEqual(['developer']);
    const vertex = { GOOGLE_GENAI_USE_VERTEXAI: 'true', GOOGLE_CLOUD_PROJECT: 'p' };
    expect(accountOf(vertex)).toEqual({ vertex: { project: 'p', location: 'global' }, baseUrls: {} });
    expect(servicesOf(accountOf({ ...vertex, GOOGLE_API_KEY: 'k' }))).toEqual(['developer', 'vertex']);
  });

  it('is asked for in one line where there is none', () => {
    expect(() => accountOf({ GOOGLE_CLOUD_PROJECT: 'p' })).toThrow(/GEMINI_API_KEY/);
  });
});

describe('a run with --real', () => {
  it('asks the service with the key of the environment, in real time', async () => {
    const emulator = await startLiveEmulator({ apiKey: 'the-key' });
    try {
      const source = google(accountOf({ GEMINI_API_KEY: 'the-key', GOOGLE_GEMINI_BASE_URL: emulator.url }));
      const wanted = /version v1beta|A wrong credential is refused|Numbers may be written/;
      const instances = instancesOf(CASES, 'developer', 'gemini-3.8-live').filter(
        ({ title, of }) => wanted.test(title) && of.emulatorOnly === undefined,
      );
      const outcomes = await Promise.all(instances.map((one) => runCase(one, source, emulatedSpeech)));
      expect(outcomes.map(({ result }) => result)).toEqual(['passed', 'passed', 'passed']);
    } finally {
      await emulator.close();
    }
  });
});
