import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigError, readConfig, setting } from './config.ts';

const schema = z.object({
  PORT: setting.port(8080),
  NATS_URL: setting.url('nats', 'tls'),
  GUESTS: setting.flag(false),
  ALLOWED_ORIGINS: setting.list(),
});

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('reads typed settings and fills in the defaults', () => {
    expect(
      readConfig(schema, { NATS_URL: 'nats://localhost:4222', ALLOWED_ORIGINS: 'https://a, https://b' }),
    ).toEqual({
      PORT: 8080,
      NATS_URL: 'nats://localhost:4222',
      GUESTS: false,
      ALLOWED_ORIGINS: ['https://a', 'https://b'],
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(problemsOf({ PORT: '', NATS_URL: '' })).toEqual(['NATS_URL: is needed']);
  });

  it('names every variable that is wrong and never shows its value', () => {
    const problems = problemsOf({ PORT: '80a', NATS_URL: 'hunter2', GUESTS: 'perhaps' });
    expect(problems).toEqual([
      'PORT: must be a whole number from 0 to 65535',
      'NATS_URL: must be a URL that begins with nats:// or tls://',
      'GUESTS: must be true or false',
    ]);
  });

  it('reads JSON that fits a schema, and names the place in it that does not', () => {
    const shape = z.object({ LIMITS: setting.json(z.object({ rooms: z.int() })).optional() });
    expect(readConfig(shape, { LIMITS: '{"rooms":3}' })).toEqual({ LIMITS: { rooms: 3 } });
    expect(readConfig(shape, {})).toEqual({});
    expect(() => readConfig(shape, { LIMITS: '{hunter2' })).toThrow(/^LIMITS: must be JSON$/);
    expect(() => readConfig(shape, { LIMITS: '{"rooms":"hunter2"}' })).toThrow(
      /^LIMITS\.rooms: (?!.*hunter2)/,
    );
  });

  it.each(['-1', '65536', '1e3', ' 1'])('refuses the port %j', (PORT) => {
    expect(problemsOf({ PORT, NATS_URL: 'nats://localhost' })).toEqual([
      'PORT: must be a whole number from 0 to 65535',
    ]);
  });
});
