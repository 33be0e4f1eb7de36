import type { Clock } from '../clock.ts';
import type { Faults } from '../faults/faults.ts';
import type { ReceivedFrame } from '../inspection/frame-log.ts';
import type { Recording } from '../inspection/recording.ts';
import type { SessionReport } from '../inspection/report.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';

/** What the admin API takes hold of an emulator by. */
export interface Controls {
  /** The clock as it was given to the emulator. */
  readonly clock: Clock;
  readonly faults: Faults;
  /** Whether the admin API can still be reached in an outage. */
  readonly outlivesOutage: boolean;
  sessions(): SessionReport[];
  frames(sessionId: string): ReceivedFrame[];
  recordings(sessionId: string): Recording[];
  load(scenario: ScenarioInput): void;
  /** Ends every connection and forgets everything. */
  reset(): void;
}
