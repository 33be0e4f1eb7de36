import { parseArgs } from 'node:util';
import { LIVE_MODELS, LiveService } from '@studio/contracts';

export const USAGE = `usage: conformance [--real [--all]] [--recordings DIR] [--service developer|vertex] [--model M] [--only PATTERN] [--json FILE]

  --real             against Google's service, with the key or the project of the environment, instead of the emulator
  --all              with --real also the cases that are slow or cost more than a short turn
  --recordings DIR   also replays the recorded sessions in a folder, and compares what comes with what came then
  --service S        one of the two services; both by default, with --real those that there are credentials for
  --model M          this model only; by default each case runs on the models that it is about
  --only PATTERN     cases whose "group: name" matches this regular expression, in any case of its letters
  --json FILE        writes every result to a file too`;

export interface CommandOptions {
  readonly help: boolean;
  readonly real: boolean;
  readonly all: boolean;
  readonly recordings?: string;
  readonly service?: LiveService;
  readonly model?: string;
  readonly only?: RegExp;
  readonly json?: string;
}

/** @throws Error in one line on what cannot be understood */
export function readOptions(args: readonly string[]): CommandOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      recordings: { type: 'string' },
      service: { type: 'string' },
      model: { type: 'string' },
      only: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const { help, real, all, recordings, json, model } = values;
  if (all && !real) throw new Error('--all goes with --real: the emulator runs every case anyway.');
  return {
    ...{ help, real, all },
    ...(recordings === undefined ? {} : { recordings }),
    ...(json === undefined ? {} : { json }),
    ...(values.service === undefined ? {} : { service: serviceOf(values.service) }),
    ...(model === undefined ? {} : { model: knownModel(model) }),
    ...(values.only === undefined ? {} : { only: patternOf(values.only) }),
  };
}

function serviceOf(text: string): LiveService {
  const service = LiveService.safeParse(text);
  if (service.success) return service.data;
  throw new Error(`--service must be ${LiveService.options.join(' or ')}, not "${text}".`);
}

function knownModel(id: string): string {
  if (LIVE_MODELS.some((model) => model.id === id)) return id;
  throw new Error(`--model must be one of ${LIVE_MODELS.map((model) => model.id).join(', ')}, not "${id}".`);
}

function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new Error(`--only is no regular expression: ${error instanceof Error ? error.message : text}`, {
      cause: error,
    });
  }
}
