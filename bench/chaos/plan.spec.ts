import { expect, it } from 'vitest';
import { BROKERS, planFaults, planRollingRestart, SERVICES } from './plan.ts';

const TEN_MINUTES = { count: 70, durationMs: 600_000 };

it('plans the same faults from the same seed, and others from another', () => {
  const plan = planFaults({ seed: 7, ...TEN_MINUTES });
  expect(planFaults({ seed: 7, ...TEN_MINUTES })).toEqual(plan);
  expect(planFaults({ seed: 8, ...TEN_MINUTES })).not.toEqual(plan);
});

it('has faults of every kind, on every process, in order and within the time', () => {
  const plan = planFaults({ seed: 1, ...TEN_MINUTES });
  expect(plan).toHaveLength(70);
  expect(new Set(plan.map(({ kind }) => kind)).size).toBe(6);
  expect(new Set(plan.map(({ target }) => target))).toEqual(new Set([...SERVICES, ...BROKERS]));
  expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(plan.every((fault) => fault.at + ('forMs' in fault ? fault.forMs : 0) < 600_000)).toBe(true);
});

it('lets one fault end before the next begins', () => {
  const plan = planFaults({ seed: 3, ...TEN_MINUTES });
  const overlaps = plan.filter(
    (fault, index) => 'forMs' in fault && fault.at + fault.forMs > (plan[index + 1]?.at ?? Infinity),
  );
  expect(overlaps).toEqual([]);
});

it('makes faults while others last, where several are to come at once', () => {
  const plan = planFaults({ seed: 3, ...TEN_MINUTES, atOnce: 3 });
  expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).toSorted((a, b) => a - b));
  const overlaps = plan.filter(
    (fault, index) => 'forMs' in fault && fault.at + fault.forMs > (plan[index + 1]?.at ?? Infinity),
  );
  expect(overlaps.length).toBeGreaterThan(5);
});

it('replaces every process of the services once, one after the other, in a rolling restart', () => {
  const plan = planRollingRestart(60_000);
  expect(plan.map(({ kind, target }) => `${kind} ${target}`)).toEqual(
    SERVICES.map((target) => `restart ${target}`),
  );
  expect(plan.map(({ at }) => at)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000]);
});
