import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../clocks/manual-clock.ts';
import { OPTIONS, helpText } from './options.ts';
import { readOptions as read } from './read-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-emulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

const readOptions = (args: readonly string[]) => read(args, folder);

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

describe('the options', () => {
  it('are all read', () => {
    const scenario = file('ok.yaml', 'steps: [{ when: {}, say: Hello. }]');
    const args = [
      ...['--host', '0.0.0.0', '--port', '4900', '--admin-port', '4901', '--api-key', 'k'],
      ...['--auth-refusal', 'close', '--scenario', scenario, '--seed', '7', '--speed', '2.5'],
      ...['--fault', '{ fault: latency, by: 80ms }', '--fault', '{ fault: quota }'],
      ...[
        '--latency',
        '0.5s',
        '--setup-delay',
        '20ms',
        '--connection-age',
        '2min',
        '--go-away-notice',
        '10s',
      ],
      ...['--session-age', '30min', '--video-session-age', '5min'],
      ...['--max-sessions', '3', '--max-setups-per-minute', '10', '--keep-audio', '1min'],
      ...['--ping-interval', '5s', '--text-frames', '--marks-finished', '--compression'],
    ];
    const { clock, ...options } = readOptions(args)!;
    expect(clock).toBeUndefined();
    expect(options).toEqual({
      host: '0.0.0.0',
      port: 4900,
      adminPort: 4901,
      apiKey: 'k',
      authRefusal: 'close',
      scenario: { steps: [{ when: {}, say: 'Hello.' }] },
      seed: 7,
      speed: 2.5,
      faults: [{ fault: 'latency', by: '80ms' }, { fault: 'quota' }],
      latencyMs: 500,
      setupDelayMs: 20,
      connectionAgeMs: 120_000,
      goAwayNoticeMs: 10_000,
      sessionAgeMs: 1_800_000,
      videoSessionAgeMs: 300_000,
      maxSessions: 3,
      maxSetupsPerMinute: 10,
      pingIntervalMs: 5000,
      keepAudioSeconds: 60,
      textFrames: true,
      marksFinished: true,
      compression: true,
    });
    const given = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2));
    expect(new Set([...given, 'manual-clock', 'help'])).toEqual(new Set(Object.keys(OPTIONS)));
  });

  it('leave every default to the emulator', () => {
    expect(readOptions([])).toEqual({
      faults: [],
      textFrames: false,
      marksFinished: false,
      compression: false,
    });
  });

  it('may let the time stand still', () => {
    expect(readOptions(['--manual-clock'])!.clock).toBeInstanceOf(ManualClock);
  });

  it('may ask for help, which tells them all', () => {
    expect(readOptions(['--port', '1', '--help'])).toBeNull();
    for (const name of Object.keys(OPTIONS)) expect(helpText()).toContain(`  --${name} `);
  });

  it.each<[string[], RegExp | string]>([
    [['--port', 'x'], '--port must be an integer from 0 to 65535, not "x"'],
    [['--port', '65536'], '--port must be an integer from 0 to 65535, not "65536"'],
    [['--speed', '0'], '--speed must be a number from 0.01 to 10000, not "0"'],
    [['--speed', '2', '--manual-clock'], '--speed goes with a clock that runs, not with --manual-clock'],
    [['--api-key', ''], '--api-key is empty'],
    [['--auth-refusal', '500'], '--auth-refusal must be 401, 403 or close, not "500"'],
    [
      ['--connection-age', '600'],
      '--connection-age must be a time with its unit, as in 500ms, 1.5s, 10min or 2h, not "600"',
    ],
    [['--ping-interval', '0s'], /must be a time with its unit of at least 1ms/],
    [['--fault', '{ fault: explode }'], /^--fault \{ fault: explode \}: .*fault/],
    [['--fault', '{'], '--fault {: no YAML'],
    [['--scenario', '/nowhere/at-all.yaml'], /ENOENT.*\/nowhere\/at-all\.yaml/],
    [['--loud'], /Unknown option '--loud'/],
    [['file.yaml'], /Unexpected argument 'file.yaml'/],
  ])('%j are refused, and why is said', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });

  it('that name a broken scenario say where it is broken', () => {
    const path = file('broken.yaml', 'name: A\nsteps: [{ when: {} }]');
    expect(() => readOptions(['--scenario', path])).toThrow(`${path}:2: steps[0]: The step does nothing`);
  });
});
