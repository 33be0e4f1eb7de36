export { ServerMissingError, type TestServer, type TestServerOptions } from './test-server.ts';
export * from './nats.ts';
export * from './redis.ts';
