import type { LiveModel, LiveService } from '@studio/contracts';
import type { Expectation } from '../matching/expectation.ts';
import type { Caller } from '../run/caller.ts';
import type { EmulatorDemands, Target } from '../run/target.ts';

/** One thing that a Live API service does. */
export interface ConformanceCase {
  /** A sentence about the service. */
  readonly name: string;
  /** Both by default. */
  readonly services?: readonly LiveService[];
  /** Which models it is true of; all by default. */
  readonly models?: (model: LiveModel, service: LiveService) => boolean;
  /** Runs on each of these models, not on the first one alone. */
  readonly onEachModel?: boolean;
  /** What is sent, and what is waited for. It ends where a connection ends. */
  readonly script: (caller: Caller) => Promise<void>;
  /** What must have come back: over the only connection, or over each in the order in which they were asked for. */
  readonly expect: Expectation | readonly Expectation[];
  /** Milliseconds of the service's time; 60 s by default. */
  readonly timeLimitMs?: number;
  /** What only an emulator can do, and why: such a case does not apply to Google's service. */
  readonly emulatorOnly?: string;
  readonly emulator?: EmulatorDemands;
  /** What running it costs with Google's service, where that is more than a short turn; it needs `--all`. */
  readonly cost?: { readonly seconds: number; readonly dollars: number };
  /** Differences that are known, and why they are no fault. */
  readonly tolerates?: readonly Tolerance[];
}

export interface Tolerance {
  /** The `what` of the difference. */
  readonly what: string;
  /** Whose difference it is; Google's by default. */
  readonly of?: Target['kind'];
  readonly because: string;
}

/** Cases about one part of the API. */
export interface CaseGroup {
  readonly title: string;
  readonly cases: readonly ConformanceCase[];
}
