export type { StudioApiOptions } from './api-requests.ts';
export * from './cookie-fetch.ts';
export * from './reconnect-schedule.ts';
export * from './room-connection.ts';
export * from './room-connection-events.ts';
export * from './socket.ts';
export * from './stale-version-error.ts';
export * from './studio-api.ts';
export * from './wait-for-admission.ts';
