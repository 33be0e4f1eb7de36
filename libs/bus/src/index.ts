export * from './message-bus.ts';
export type { OnBusError } from './bus-error.ts';
export * from './in-process-bus.ts';
export * from './nats-bus.ts';
export * from './json-body.ts';
export * from './rpc/bus-server.ts';
export * from './rpc/create-rpc-service.ts';
export * from './rpc/rpc-client.ts';
export * from './rpc/rpc-error-filter.ts';
