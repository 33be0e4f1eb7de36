import { Controller, Module, type INestMicroservice } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import {
  LIMITS,
  newId,
  NEW_ROOM,
  StudioError,
  SUBJECT,
  type RpcRequest,
  type RpcResponse,
} from '@studio/contracts';
import { of, throwError, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeJson } from '../json-body.ts';
import type { MessageBus } from '../message-bus.ts';
import { createRpcService } from './create-rpc-service.ts';
import { RpcClient } from './rpc-client.ts';

const OWNER = { id: newId(), name: 'Ada' };

/** Holds up the answers to `room.media` until a test has ended. */
let held = Promise.withResolvers<undefined>();
/** How often `room.media` was asked for in a test. */
let asked = 0;

/** Answers by what it is asked for, so that each test chooses what a handler does. */
@Controller()
class RoomController {
  @MessagePattern('room.create')
  create(@Payload() request: RpcRequest<'room.create'>): Observable<RpcResponse<'room.create'>> {
    if (request.name === 'fail') return throwError(() => new StudioError('conflict', 'There is one.'));
    const { owner, name, visibility } = request;
    return of({
      ...{ id: newId(), name, visibility, ownerId: owner.id, ownerName: owner.name },
      ...{ status: 'open', createdAt: Date.now(), ...NEW_ROOM },
    });
  }

  @MessagePattern('room.get')
  get(@Payload() request: RpcRequest<'room.get'>): RpcResponse<'room.get'> {
    throw new StudioError('not_found', `No room ${request.roomId}.`);
  }

  @MessagePattern('room.access')
  admit(@Payload() _request: RpcRequest<'room.access'>): Promise<RpcResponse<'room.access'>> {
    return Promise.reject(new TypeError('the secret of the house'));
  }

  @MessagePattern('room.leave')
  async leave(@Payload() _request: RpcRequest<'room.leave'>): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  @MessagePattern('room.list')
  list(@Payload() request: RpcRequest<'room.list'>): unknown {
    if (request.limit === 1) return { rooms: 'none' };
    return { rooms: [], next: 'x'.repeat(2_000_000) };
  }

  @MessagePattern('room.media')
  async media(@Payload() _request: RpcRequest<'room.media'>): Promise<object> {
    asked += 1;
    await held.promise;
    return {};
  }
}

@Module({ controllers: [RoomController] })
class RoomModule {}

/** What a Nest service and its callers may rely on, whatever bus is between them. The two ends may be the same bus. */
export function describeRpc(engine: string, connectTwo: () => Promise<[MessageBus, MessageBus]>): void {
  describe(`requests between services, ${engine}`, () => {
    let here: MessageBus;
    let there: MessageBus;
    let service: INestMicroservice;
    let rpc: RpcClient;
    let errors: unknown[];

    beforeEach(async () => {
      errors = [];
      held = Promise.withResolvers();
      asked = 0;
      [here, there] = await connectTwo();
      service = await createRpcService(RoomModule, {
        bus: there,
        queue: 'room',
        onError: (error, subject) => errors.push([error, subject]),
      });
      await service.listen();
      rpc = new RpcClient(here);
    });
    afterEach(async () => {
      held.resolve(undefined);
      await service.close();
      await Promise.all([here.close(), there.close()]);
    });

    const code = (expected: string): unknown =>
      expect.objectContaining({ name: 'StudioError', code: expected });

    it('answers what the handler returns, here an observable', async () => {
      const room = await rpc.call('room.create', { name: '  Room ', visibility: 'link', owner: OWNER });
      expect(room).toMatchObject({ name: 'Room', visibility: 'link', ownerId: OWNER.id });
    });

    it('answers the empty object when the handler returns nothing', async () => {
      const request = { roomId: newId(), connectionId: newId(), reason: 'left' } as const;
      expect(await rpc.call('room.leave', request)).toEqual({});
    });

    it('throws the error of the service at the caller, thrown or of an observable', async () => {
      await expect(rpc.call('room.get', { roomId: newId() })).rejects.toEqual(code('not_found'));
      const creating = rpc.call('room.create', { name: 'fail', visibility: 'link', owner: OWNER });
      await expect(creating).rejects.toMatchObject({ code: 'conflict', message: 'There is one.' });
      expect(errors).toEqual([]);
    });

    it('tells the caller nothing of an unexpected error, and reports it whole', async () => {
      const failure = await rpc
        .call('room.access', { roomId: newId(), userId: newId() })
        .catch((error: unknown) => error);
      expect(failure).toEqual(code('internal'));
      expect(String(failure)).not.toContain('secret');
      expect(errors).toEqual([[new TypeError('the secret of the house'), SUBJECT.rpc('room.access')]]);
    });

    it('refuses a request that is not what the contract says, without repeating what was in it', async () => {
      const creating = rpc.call('room.create', { name: '', visibility: 'link', owner: OWNER });
      await expect(creating).rejects.toEqual(code('invalid'));
      await expect(creating).rejects.toThrow('room.create: name: a name is needed');
      const asking = rpc.call('room.get', { roomId: 'not a secret id' });
      await expect(asking).rejects.toThrow('room.get: roomId: not an id');
    });

    it('refuses what is not JSON', async () => {
      for (const body of [Uint8Array.of(0xff, 0xfe), new TextEncoder().encode('{'), new Uint8Array()]) {
        const answer = await here.request(SUBJECT.rpc('room.get'), body);
        expect(decodeJson(answer.data)).toMatchObject({ error: { code: 'invalid' } });
      }
    });

    it('refuses an answer that is not what the contract says', async () => {
      await expect(rpc.call('room.list', { userId: newId(), limit: 1 })).rejects.toEqual(code('internal'));
    });

    it('says so when an answer is too large to travel', async () => {
      await expect(rpc.call('room.list', { userId: newId(), limit: 2 })).rejects.toEqual(code('too_large'));
    });

    it('is unavailable when nobody serves the method', async () => {
      await expect(rpc.call('live.info', {})).rejects.toEqual(code('unavailable'));
      await service.close();
      await expect(rpc.call('room.get', { roomId: newId() })).rejects.toEqual(code('unavailable'));
    });

    it('times out when the service does not answer', async () => {
      const media = { microphone: true, camera: false, screen: false };
      const asking = rpc.call(
        'room.media',
        { roomId: newId(), connectionId: newId(), media },
        { timeoutMs: 100 },
      );
      await expect(asking).rejects.toEqual(code('timeout'));
    });

    it('does not wait for a process that stands still where another one answers what is repeatable', async () => {
      // It takes one request, answers nothing, and gets no other one.
      const taken: string[] = [];
      const still = await there.subscribe(
        SUBJECT.rpc('room.get'),
        ({ subject }) => {
          taken.push(subject);
          void still.close();
        },
        { queue: 'room' },
      );
      const tookMs: number[] = [];
      while (taken.length === 0) {
        const askedAt = performance.now();
        await expect(rpc.call('room.get', { roomId: newId() })).rejects.toEqual(code('not_found'));
        tookMs.push(performance.now() - askedAt);
      }
      expect(tookMs.at(-1)).toBeGreaterThan(400);
      expect(tookMs.at(-1)).toBeLessThan(LIMITS.rpcMs - 1_000);
    });

    it('asks once for what is not repeatable', async () => {
      const media = { microphone: true, camera: false, screen: false };
      const request = { roomId: newId(), connectionId: newId(), media };
      await expect(rpc.call('room.media', request, { timeoutMs: 700 })).rejects.toEqual(code('timeout'));
      expect(asked).toBe(1);
    });

    it('serves a method by one process of the service', async () => {
      const second = await createRpcService(RoomModule, {
        ...{ bus: there, queue: 'room', onError: () => undefined },
      });
      await second.listen();
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          rpc.call('room.create', { name: `Room ${index}`, visibility: 'link', owner: OWNER }),
        ),
      );
      expect(answers.map((room) => room.name)).toEqual(Array.from({ length: 50 }, (_, i) => `Room ${i}`));
      await second.close();
    });
  });
}
