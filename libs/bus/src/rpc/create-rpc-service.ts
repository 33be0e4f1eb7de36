import type { DynamicModule, INestMicroservice, LoggerService, Type } from '@nestjs/common';
import type { NestMicroserviceOptions } from '@nestjs/common/internal';
import { NestFactory } from '@nestjs/core';
import type { CustomStrategy, MicroserviceOptions } from '@nestjs/microservices';
import { BusServer, type BusServerOptions } from './bus-server.ts';
import { RpcErrorFilter } from './rpc-error-filter.ts';

export interface RpcServiceOptions extends BusServerOptions {
  /** For Nest's own messages; default: none are written. */
  nestLogger?: LoggerService;
}

/**
 * A Nest microservice that serves the `@MessagePattern`s of a module over the bus. Call `listen()` to start it: it resolves when the broker
 * knows every method. `close()` finishes the requests at hand and leaves the bus open.
 */
export async function createRpcService(
  module: Type | DynamicModule,
  options: RpcServiceOptions,
): Promise<INestMicroservice> {
  const nestOptions: Readonly<NestMicroserviceOptions & CustomStrategy> = {
    strategy: new BusServer(options),
    logger: options.nestLogger ?? false,
    // Nest would end the process.
    abortOnError: false,
  };
  const service = await NestFactory.createMicroservice<MicroserviceOptions>(module, nestOptions);
  service.useGlobalFilters(new RpcErrorFilter());
  return service;
}
