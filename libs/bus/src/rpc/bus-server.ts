import {
  BaseRpcContext,
  Server,
  type CustomTransportStrategy,
  type MessageHandler,
} from '@nestjs/microservices';
import { ErrorCode, RPC, StudioError, SUBJECT, type RpcMethod } from '@studio/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import type * as z from 'zod';
import type { OnBusError } from '../bus-error.ts';
import { decodeJson, encodeJson } from '../json-body.ts';
import { MessageTooLargeError, type BusMessage, type MessageBus, type Subscription } from '../message-bus.ts';
import type { RpcAnswer } from './rpc-answer.ts';

export interface BusServerOptions {
  bus: MessageBus;
  /** Name of the service: of its processes, one gets each request. */
  queue: string;
  /** Told of every error that the caller only sees as `internal`, with the method. */
  onError: OnBusError;
}

/**
 * The Nest transport over the message bus: serves each `@MessagePattern('<method of RPC>')` with validated requests. Its handlers' errors
 * reach it whole only through `RpcErrorFilter`, which `createRpcService` sets up. The bus itself stays with whoever made it.
 */
export class BusServer extends Server implements CustomTransportStrategy {
  readonly #options: BusServerOptions;
  #subscriptions: Subscription[] = [];

  constructor(options: BusServerOptions) {
    super();
    this.#options = options;
  }

  /** Subscribes to every method; `callback` gets the error when one of the patterns cannot be served. */
  override listen(callback: (error?: unknown) => void): void {
    this.#subscribeAll().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  /** Takes no more requests and finishes those it has. */
  override async close(): Promise<void> {
    const subscriptions = this.#subscriptions;
    this.#subscriptions = [];
    await Promise.all(subscriptions.map((subscription) => subscription.close()));
  }

  override on(): never {
    throw new Error('the bus transport has no events');
  }

  override unwrap(): never {
    throw new Error('the bus belongs to whoever made it');
  }

  async #subscribeAll(): Promise<void> {
    const { bus, queue } = this.#options;
    const served = [...this.messageHandlers].map(([pattern, handler]) => {
      if (!isRpcMethod(pattern) || handler.isEventHandler === true)
        throw new Error(`@MessagePattern of the bus transport must name a method of RPC, not "${pattern}"`);
      return { method: pattern, handler };
    });
    for (const { method, handler } of served)
      this.#subscriptions.push(
        await bus.subscribe(SUBJECT.rpc(method), (message) => this.#serve(method, handler, message), {
          queue,
        }),
      );
  }

  async #serve(method: RpcMethod, handler: MessageHandler, message: BusMessage): Promise<void> {
    const answer = await this.#answer(method, handler, message);
    try {
      message.respond(encodeJson(answer));
    } catch (error) {
      if (!(error instanceof MessageTooLargeError)) throw error;
      const tooLarge = new StudioError('too_large', `The answer to ${method} is too large.`);
      message.respond(encodeJson({ error: tooLarge.toBody() }));
    }
  }

  async #answer(method: RpcMethod, handler: MessageHandler, message: BusMessage): Promise<RpcAnswer> {
    try {
      const request = readRequest(method, message.data);
      const result: unknown = await handler(request, new BaseRpcContext([message]));
      const ok: unknown = isObservable(result) ? await lastValueFrom(result, { defaultValue: {} }) : result;
      // JSON leaves out what is undefined: a method that answers nothing answers the empty object.
      return { ok: ok ?? {} };
    } catch (error) {
      const known = StudioError.from(error);
      if (known.code === ErrorCode.enum.internal) this.#options.onError(error, SUBJECT.rpc(method));
      return { error: known.toBody() };
    }
  }
}

function isRpcMethod(pattern: string): pattern is RpcMethod {
  return Object.hasOwn(RPC, pattern);
}

/** @throws StudioError `invalid` */
function readRequest(method: RpcMethod, data: Uint8Array): unknown {
  let body: unknown;
  try {
    body = decodeJson(data);
  } catch (error) {
    throw new StudioError('invalid', `The request to ${method} is not JSON.`, { cause: error });
  }
  const request = RPC[method].request.safeParse(body);
  if (request.success) return request.data;
  throw new StudioError('invalid', `${method}: ${describe(request.error)}`, { cause: request.error });
}

/** Names the fields, never what was in them. */
function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'request'}: ${issue.message}`)
    .join('; ');
}
