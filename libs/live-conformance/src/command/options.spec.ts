import { describe, expect, it } from 'vitest';
import { accountOf, servicesOf } from './google-source.ts';
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
    expect(accountOf(vertex)).toEqual({ vertex: { project: 'p', location: 'global' } });
    expect(servicesOf(accountOf({ ...vertex, GOOGLE_API_KEY: 'k' }))).toEqual(['developer', 'vertex']);
  });

  it('is asked for in one line where there is none', () => {
    expect(() => accountOf({ GOOGLE_CLOUD_PROJECT: 'p' })).toThrow(/GEMINI_API_KEY/);
  });
});
