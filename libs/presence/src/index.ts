export * from './leases.ts';
export * from './presence.ts';
export * from './room-full-error.ts';
export * from './store-unavailable-error.ts';
export * from './in-process-leases.ts';
export * from './in-process-presence.ts';
export type { RedisConnectionOptions } from './redis-connection.ts';
export * from './redis-leases.ts';
export * from './redis-presence.ts';
