import type { LiveModel, LiveService } from '@studio/contracts';
import { LIVE_MODELS } from '@studio/contracts';
import type { CaseGroup, ConformanceCase } from '../cases/case.ts';

/** A case on one service and model. */
export interface CaseInstance {
  readonly group: string;
  readonly title: string;
  readonly of: ConformanceCase;
  readonly service: LiveService;
  readonly model: LiveModel;
}

/** Every case on every model of a service that it applies to; with a model given, on that one alone. */
export function instancesOf(
  groups: readonly CaseGroup[],
  service: LiveService,
  only?: string,
): CaseInstance[] {
  const models = LIVE_MODELS.filter(
    ({ id, services }) => services.includes(service) && (only === undefined || id === only),
  );
  return groups.flatMap(({ title: group, cases }) =>
    cases.flatMap((of) => {
      if (of.services && !of.services.includes(service)) return [];
      const fitting = models.filter((model) => of.models?.(model, service) ?? true);
      return (of.onEachModel === true ? fitting : fitting.slice(0, 1)).map((model) => ({
        group,
        title: of.onEachModel === true ? `${of.name} (${model.id})` : of.name,
        of,
        service,
        model,
      }));
    }),
  );
}
