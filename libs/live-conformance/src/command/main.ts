import { writeFile } from 'node:fs/promises';
import type { LiveService } from '@studio/contracts';
import { CASES } from '../cases/all.ts';
import type { CaseGroup } from '../cases/case.ts';
import { recordedCases } from '../recordings/recorded-cases.ts';
import type { CaseInstance } from '../run/instances.ts';
import { instancesOf } from '../run/instances.ts';
import type { Outcome } from '../run/run-case.ts';
import { runCase } from '../run/run-case.ts';
import type { TargetSource } from '../run/target.ts';
import { EMULATOR, emulatedSpeech } from './emulator-source.ts';
import { accountOf, google, servicesOf } from './google-source.ts';
import type { CommandOptions } from './options.ts';
import { USAGE, readOptions } from './options.ts';
import { readRecordings } from './read-recordings.ts';
import { asJson, costLines, groupLines, summaryLines } from './report.ts';

/** Cases at the same time; fewer on Google's service, whose quota they share with others. */
const AT_ONCE = { emulator: 6, google: 3 } as const;

async function main(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    print([USAGE]);
    return;
  }
  const { source, services } = targetsOf(options, env);
  const groups = await groupsOf(options);
  const instances = chosen(groups, options, services);
  if (instances.length === 0) throw new Error('no case matches --only, --service and --model together.');
  if (options.real) print(dearLines(instances, options.all));
  const outcomes = await runAll(groups, instances, source, options.all);
  print(['', ...summaryLines(outcomes)]);
  if (options.json !== undefined) {
    await writeFile(options.json, `${JSON.stringify(asJson(source.kind, outcomes), null, 2)}\n`);
  }
  if (outcomes.some(({ result }) => result === 'failed')) process.exitCode = 1;
}

async function groupsOf({ recordings }: CommandOptions): Promise<readonly CaseGroup[]> {
  return recordings === undefined ? CASES : [...CASES, recordedCases(await readRecordings(recordings))];
}

function dearLines(instances: readonly CaseInstance[], all: boolean): string[] {
  const lines = costLines(instances);
  if (lines.length === 0) return [];
  return [
    all ? 'Slow or costly cases, which run too:' : 'Slow or costly cases, which run with --all:',
    ...lines,
    '',
  ];
}

function targetsOf(
  { real, service }: CommandOptions,
  env: NodeJS.ProcessEnv,
): { readonly source: TargetSource; readonly services: readonly LiveService[] } {
  if (!real) return { source: EMULATOR, services: service ? [service] : ['developer', 'vertex'] };
  const account = accountOf(env);
  const services = servicesOf(account).filter((one) => service === undefined || one === service);
  if (services.length === 0) throw new Error(`there are no credentials for the service "${service}".`);
  return { source: google(account), services };
}

function chosen(
  groups: readonly CaseGroup[],
  { model, only }: CommandOptions,
  services: readonly LiveService[],
): CaseInstance[] {
  return services
    .flatMap((service) => instancesOf(groups, service, model))
    .filter(({ group, title }) => only?.test(`${group}: ${title}`) ?? true);
}

/** Runs group by group, and prints each when it is done. */
async function runAll(
  groups: readonly CaseGroup[],
  instances: readonly CaseInstance[],
  source: TargetSource,
  all: boolean,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { title } of groups) {
    const waiting = instances.filter(({ group }) => group === title);
    if (waiting.length === 0) continue;
    const done: Outcome[] = [];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        done.push(
          source.kind === 'google' && next.of.cost && !all
            ? { instance: next, ms: 0, result: 'not applicable', why: 'slow or costly: needs --all' }
            : await runCase(next, source, emulatedSpeech),
        );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE[source.kind] }, worker));
    print(groupLines(title, done));
    outcomes.push(...done);
  }
  return outcomes;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

main(process.argv.slice(2), process.env).catch((error: unknown) => {
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
