export type { CaseGroup, ConformanceCase, Tolerance } from './cases/case.ts';
export { CASES } from './cases/all.ts';
export type { Check, Difference, Expectation } from './matching/expectation.ts';
export type { Outcome } from './run/run-case.ts';
export { runCase } from './run/run-case.ts';
export type { CaseInstance } from './run/instances.ts';
export { instancesOf } from './run/instances.ts';
export type { Access, EmulatorDemands, Target, TargetSource } from './run/target.ts';
