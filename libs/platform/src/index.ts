export * from './config.ts';
export * from './data-directory.ts';
export * from './health.ts';
export * from './health-server.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './run-service.ts';
