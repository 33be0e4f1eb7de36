export type { Clock } from './clock.ts';
export type { LiveEmulator, LiveEmulatorOptions } from './emulator.ts';
export { startLiveEmulator } from './emulator.ts';
export type { EmulatorEvent, HeardActivity, ReceivedText, SessionReport } from './inspection/report.ts';
