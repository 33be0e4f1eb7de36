export { ServerMissingError, type TestServer, type TestServerOptions } from './test-server.ts';
export * from './free-port.ts';
export * from './nats.ts';
export { startObjectStoreServer, type ObjectStoreServer } from './object-store-server.ts';
export * from './redis.ts';
