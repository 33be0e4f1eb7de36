export * from './leases.ts';
export * from './presence.ts';
