import { Controller, Module } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import { startNats, type TestServer } from '@studio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InProcessBus } from '../in-process-bus.ts';
import { connectNatsBus } from '../nats-bus.ts';
import { createRpcService } from './create-rpc-service.ts';
import { describeRpc } from './rpc.contract.ts';

describeRpc('in process', () => {
  const bus = new InProcessBus();
  return Promise.resolve([bus, bus]);
});

describe('NATS', () => {
  let server: TestServer;
  beforeAll(async () => {
    // Its own: the methods have fixed subjects, which other tests on a shared server would answer too.
    server = await startNats({ own: true });
  });
  afterAll(async () => server.stop());

  describeRpc('NATS', async () => {
    const here = await connectNatsBus({ servers: server.url, name: 'caller' });
    const there = await connectNatsBus({ servers: server.url, name: 'service' });
    return [here, there];
  });
});

describe('a module with a pattern that the bus cannot serve', () => {
  @Controller()
  class UnknownMethod {
    @MessagePattern('room.dance')
    dance(_request: unknown): object {
      return {};
    }
  }
  @Module({ controllers: [UnknownMethod] })
  class UnknownMethodModule {}

  @Controller()
  class EventHandler {
    @EventPattern('room.get')
    got(_request: unknown): void {
      // Never called.
    }
  }
  @Module({ controllers: [EventHandler] })
  class EventHandlerModule {}

  it.each([
    ['a method that is not in the contract', UnknownMethodModule, 'room.dance'],
    ['an event', EventHandlerModule, 'room.get'],
  ])('does not start: %s', async (_name, module, pattern) => {
    const service = await createRpcService(module, {
      ...{ bus: new InProcessBus(), queue: 'q', onError: () => undefined },
    });
    await expect(service.listen()).rejects.toThrow(pattern);
  });
});
