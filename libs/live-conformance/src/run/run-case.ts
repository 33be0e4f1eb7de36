import type { Tolerance } from '../cases/case.ts';
import type { Difference, Expectation } from '../matching/expectation.ts';
import { judge } from '../matching/expectation.ts';
import type { Speech } from './caller.ts';
import { Caller } from './caller.ts';
import type { CaseInstance } from './instances.ts';
import { LineEnded, OutOfTime } from './listener.ts';
import type { TargetSource } from './target.ts';

export type Outcome = { readonly instance: CaseInstance; readonly ms: number } & (
  | { readonly result: 'passed'; readonly tolerated: readonly ToleratedDifference[] }
  | { readonly result: 'failed'; readonly differences: readonly Difference[] }
  | { readonly result: 'not applicable'; readonly why: string }
);

export interface ToleratedDifference extends Difference {
  readonly because: string;
}

const USUAL_LIMIT_MS = 60_000;
/** A case that runs on a faster clock still needs the time that the machine needs, in milliseconds. */
const LEAST_PATIENCE_MS = 15_000;

/** Runs a case against a target of its own, and says where it differed. */
export async function runCase(
  instance: CaseInstance,
  source: TargetSource,
  speech: Speech,
): Promise<Outcome> {
  const { of, service, model } = instance;
  if (of.emulatorOnly !== undefined && source.kind === 'google') {
    return { instance, ms: 0, result: 'not applicable', why: of.emulatorOnly };
  }
  const startedAt = performance.now();
  const opened = await source.open(service, of.emulator ?? {});
  const { target } = opened;
  const patience = Math.max((of.timeLimitMs ?? USUAL_LIMIT_MS) / target.speed, LEAST_PATIENCE_MS);
  const time = {
    now: () => (performance.now() - startedAt) * target.speed,
    left: () => startedAt + patience - performance.now(),
  };
  const caller = new Caller(model, target, time, speech);
  const broken: Difference[] = [];
  try {
    await of.script(caller);
  } catch (error) {
    // What ended a connection is judged below.
    if (!(error instanceof LineEnded)) broken.push(breakOf(error));
  } finally {
    await caller.hangUp();
    await opened.close();
  }
  const differences = [...broken, ...judgeAll(of.expect, caller)];
  const tolerances = of.tolerates?.filter((one) => (one.of ?? 'google') === source.kind);
  const tolerated = differences.flatMap((one) => tolerate(one, tolerances));
  const ms = performance.now() - startedAt;
  return tolerated.length === differences.length
    ? { instance, ms, result: 'passed', tolerated }
    : { instance, ms, result: 'failed', differences };
}

function breakOf(error: unknown): Difference {
  const seen = error instanceof Error ? error.message : String(error);
  return error instanceof OutOfTime
    ? { what: 'time limit', expected: 'over by then', seen }
    : { what: 'script', expected: 'no error of the SDK or of the case itself', seen };
}

function judgeAll(expect: Expectation | readonly Expectation[], { exchanges }: Caller): Difference[] {
  const expectations = isList(expect) ? expect : [expect];
  const unmade = expectations.slice(exchanges.length).map(() => ({
    what: 'connection',
    expected: `${expectations.length} connections`,
    seen: `${exchanges.length}`,
  }));
  const made = exchanges.flatMap((exchange, index) =>
    judge(expectations[Math.min(index, expectations.length - 1)] ?? {}, exchange),
  );
  return [...made, ...unmade];
}

function isList(expect: Expectation | readonly Expectation[]): expect is readonly Expectation[] {
  return Array.isArray(expect);
}

function tolerate(difference: Difference, tolerances: readonly Tolerance[] = []): ToleratedDifference[] {
  const known = tolerances.find(({ what }) => what === difference.what);
  return known ? [{ ...difference, because: known.because }] : [];
}
