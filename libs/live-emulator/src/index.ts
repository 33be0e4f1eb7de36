export { EmulatorAdmin, EmulatorAdminError } from './admin/emulator-admin.ts';
export type { Clock } from './clock.ts';
export { ManualClock } from './clocks/manual-clock.ts';
export { scaledClock } from './clocks/scaled-clock.ts';
export type { LiveEmulator, LiveEmulatorOptions } from './emulator.ts';
export { startLiveEmulator } from './emulator.ts';
export type { Fault, FaultInput, Moment } from './faults/fault.ts';
export type { FaultControl } from './faults/faults.ts';
export type { FaultReport } from './faults/injected-fault.ts';
export type { ReceivedFrame } from './inspection/frame-log.ts';
export type { RecordedFrame, Recording } from './inspection/recording.ts';
export type {
  ConnectionReport,
  EmulatorEvent,
  HeardActivity,
  ReceivedPicture,
  ReceivedText,
  ReceivedToolResponse,
  ReportedTurn,
  SessionReport,
} from './inspection/report.ts';
export type { Mind, MindSituation, TurnPlan } from './mind/plan.ts';
export { ScenarioError, parseScenario } from './scenario/scenario-text.ts';
export type { Scenario, ScenarioInput } from './scenario/scenario.ts';
export { SAMPLE_RATE } from './speech/sample-rate.ts';
export type { SpokenPhrase } from './speech/speak.ts';
export { speak } from './speech/speak.ts';
export type { AuthRefusal } from './transport/server.ts';
