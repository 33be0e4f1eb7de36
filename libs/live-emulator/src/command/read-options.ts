import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import * as z from 'zod';
import { ManualClock } from '../clocks/manual-clock.ts';
import { Duration } from '../duration.ts';
import type { LiveEmulatorOptions } from '../emulator.ts';
import { Fault } from '../faults/fault.ts';
import type { FaultInput } from '../faults/fault.ts';
import { readScenario } from '../scenario/read-scenario.ts';
import type { AuthRefusal } from '../transport/server.ts';
import { OPTIONS } from './options.ts';

const REFUSALS: Readonly<Record<string, AuthRefusal>> = { 401: 401, 403: 403, close: 'close' };

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/**
 * What the arguments ask for; null: help.
 * @param folder where relative paths start from
 * @throws Error naming the option and what is wrong with it; ScenarioError for each mistake in a scenario
 */
export function readOptions(args: readonly string[], folder: string): LiveEmulatorOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(OPTIONS).map(([name, option]) => [
        name,
        { type: 'placeholder' in option ? 'string' : 'boolean', multiple: 'repeats' in option },
      ]),
    ),
  });
  if (values['help'] === true) return null;
  if (values['manual-clock'] === true && values['speed'] !== undefined) {
    throw new Error('--speed goes with a clock that runs, not with --manual-clock');
  }
  return defined({
    host: text(values, 'host'),
    port: port(values, 'port'),
    adminPort: port(values, 'admin-port'),
    apiKey: text(values, 'api-key'),
    authRefusal: authRefusal(values),
    scenario: scenario(values, folder),
    faults: faults(values),
    seed: number(values, 'seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, true),
    speed: number(values, 'speed', 0.01, 10_000),
    clock: values['manual-clock'] === true ? new ManualClock() : undefined,
    latencyMs: duration(values, 'latency'),
    setupDelayMs: duration(values, 'setup-delay'),
    connectionAgeMs: duration(values, 'connection-age'),
    goAwayNoticeMs: duration(values, 'go-away-notice'),
    sessionAgeMs: duration(values, 'session-age'),
    videoSessionAgeMs: duration(values, 'video-session-age'),
    maxSessions: count(values, 'max-sessions'),
    maxSetupsPerMinute: count(values, 'max-setups-per-minute'),
    pingIntervalMs: duration(values, 'ping-interval', 1),
    keepAudioSeconds: seconds(values, 'keep-audio'),
    textFrames: values['text-frames'] === true,
    marksFinished: values['marks-finished'] === true,
    compression: values['compression'] === true,
  });
}

function text(values: Values, name: keyof typeof OPTIONS): string | undefined {
  const value = values[name];
  if (value === '') throw new Error(`--${name} is empty`);
  return typeof value === 'string' ? value : undefined;
}

function number(
  values: Values,
  name: keyof typeof OPTIONS,
  least: number,
  most: number,
  whole = false,
): number | undefined {
  const written = text(values, name);
  if (written === undefined) return undefined;
  const value = Number(written);
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new Error(
      `--${name} must be ${whole ? 'an integer' : 'a number'} from ${least} to ${most}, not "${written}"`,
    );
  }
  return value;
}

function port(values: Values, name: 'port' | 'admin-port'): number | undefined {
  return number(values, name, 0, 65_535, true);
}

function count(values: Values, name: keyof typeof OPTIONS): number | undefined {
  return number(values, name, 1, 1_000_000, true);
}

function duration(values: Values, name: keyof typeof OPTIONS, leastMs = 0): number | undefined {
  const written = text(values, name);
  if (written === undefined) return undefined;
  const read = Duration.safeParse(written);
  if (read.success && read.data >= leastMs) return read.data;
  const least = leastMs > 0 ? ` of at least ${leastMs}ms` : '';
  throw new Error(
    `--${name} must be a time with its unit${least}, as in 500ms, 1.5s, 10min or 2h, not "${written}"`,
  );
}

function seconds(values: Values, name: keyof typeof OPTIONS): number | undefined {
  const ms = duration(values, name);
  return ms === undefined ? undefined : ms / 1000;
}

function authRefusal(values: Values): AuthRefusal | undefined {
  const written = text(values, 'auth-refusal');
  if (written === undefined) return undefined;
  const found = REFUSALS[written];
  if (!found) throw new Error(`--auth-refusal must be 401, 403 or close, not "${written}"`);
  return found;
}

function scenario(values: Values, folder: string): LiveEmulatorOptions['scenario'] {
  const file = text(values, 'scenario');
  return file === undefined ? undefined : readScenario(readFileSync(resolve(folder, file), 'utf8'), file);
}

function faults(values: Values): FaultInput[] {
  const written = values['fault'];
  if (!Array.isArray(written)) return [];
  return written.map((each: string) => {
    const fault = yaml(each);
    const read = Fault.safeParse(fault);
    if (read.success) return fault as FaultInput;
    throw new Error(`--fault ${each}: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`);
  });
}

function yaml(written: string): unknown {
  try {
    return parse(written);
  } catch (error) {
    throw new Error(`--fault ${written}: no YAML`, { cause: error });
  }
}

/** Without what was not given. */
function defined(options: {
  readonly [Key in keyof LiveEmulatorOptions]: LiveEmulatorOptions[Key] | undefined;
}): LiveEmulatorOptions {
  return Object.fromEntries(Object.entries<unknown>(options).filter(([, value]) => value !== undefined));
}
