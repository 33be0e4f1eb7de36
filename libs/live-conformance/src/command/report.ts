import type { CaseInstance } from '../run/instances.ts';
import type { Outcome } from '../run/run-case.ts';

/** What came of a group of cases, and where the target differed. */
export function groupLines(title: string, outcomes: readonly Outcome[]): string[] {
  return [`${title}: ${countsOf(outcomes)}`, ...outcomes.flatMap(differenceLines)];
}

/** The end of a run. */
export function summaryLines(outcomes: readonly Outcome[]): string[] {
  const failed = outcomes.filter(({ result }) => result === 'failed');
  return [
    `${outcomes.length} cases: ${countsOf(outcomes)}.`,
    ...(failed.length === 0
      ? []
      : ['The target differs in:', ...failed.map(({ instance }) => `  ${nameOf(instance)}`)]),
  ];
}

/** The cases that take long or cost more than a short turn. */
export function costLines(instances: readonly CaseInstance[]): string[] {
  return instances.flatMap((instance) => {
    const { cost } = instance.of;
    if (!cost) return [];
    const minutes = Math.ceil(cost.seconds / 60);
    return [`  ${nameOf(instance)}: about ${minutes} min, about ${cost.dollars.toFixed(2)} dollars`];
  });
}

/** Results for a program. */
export function asJson(target: string, outcomes: readonly Outcome[]): unknown {
  return {
    target,
    counts: { cases: outcomes.length, ...count(outcomes) },
    cases: outcomes.map(({ instance, ms, ...outcome }) => ({
      group: instance.group,
      name: instance.of.name,
      service: instance.service,
      model: instance.model.id,
      ms: Math.round(ms),
      ...outcome,
    })),
  };
}

function countsOf(outcomes: readonly Outcome[]): string {
  const { passed, tolerated, failed, notApplicable } = count(outcomes);
  const known = tolerated === 0 ? '' : ` (${tolerated} with known differences)`;
  return `${passed} passed${known}, ${failed} failed, ${notApplicable} not applicable`;
}

function count(outcomes: readonly Outcome[]) {
  const of = (result: Outcome['result']) => outcomes.filter((outcome) => outcome.result === result).length;
  const tolerated = outcomes.filter((one) => one.result === 'passed' && one.tolerated.length > 0).length;
  return { passed: of('passed'), tolerated, failed: of('failed'), notApplicable: of('not applicable') };
}

function differenceLines(outcome: Outcome): string[] {
  const name = nameOf(outcome.instance);
  switch (outcome.result) {
    case 'failed':
      return [
        `  failed: ${name}`,
        ...outcome.differences.map(
          ({ what, expected, seen }) => `    ${what}: expected ${expected}; seen ${seen}`,
        ),
      ];
    case 'passed':
      return outcome.tolerated.flatMap(({ what, seen, because }) => [
        `  known difference: ${name}`,
        `    ${what}: seen ${seen}; ${because}`,
      ]);
    case 'not applicable':
      return [];
  }
}

function nameOf({ service, title, model, of }: CaseInstance): string {
  return `${service}: ${title}${of.onEachModel === true ? '' : ` (${model.id})`}`;
}
