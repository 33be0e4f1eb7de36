export type { Clock } from './clock.ts';
export type { LiveEmulator, LiveEmulatorOptions } from './emulator.ts';
export { startLiveEmulator } from './emulator.ts';
export type { Fault, FaultInput, Moment } from './faults/fault.ts';
export type { Faults } from './faults/faults.ts';
export type { FaultReport } from './faults/injected-fault.ts';
export type { EmulatorEvent, HeardActivity, ReceivedText, SessionReport } from './inspection/report.ts';
