import {
  LIMITS,
  RPC,
  StudioError,
  SUBJECT,
  type RpcMethod,
  type RpcRequest,
  type RpcResponse,
} from '@studio/contracts';
import type * as z from 'zod';
import { decodeJson, encodeJson } from '../json-body.ts';
import {
  BusTimeoutError,
  MessageTooLargeError,
  NoResponderError,
  type BusMessage,
  type MessageBus,
} from '../message-bus.ts';
import { askAgain } from './ask-again.ts';
import { RpcAnswer } from './rpc-answer.ts';

/** `RPC`, typed so that a method leads to its response. */
const CONTRACT: {
  readonly [M in RpcMethod]: { readonly response: z.ZodType<RpcResponse<M>>; readonly repeatable?: true };
} = RPC;

export interface RpcCallOptions {
  /** Deadline in milliseconds; default `LIMITS.rpcMs`. */
  timeoutMs?: number;
}

/** Calls the methods of `RPC` that other services serve. */
export class RpcClient {
  readonly #bus: MessageBus;

  constructor(bus: MessageBus) {
    this.#bus = bus;
  }

  /**
   * What is repeatable is asked again while there is no answer, so that one process that stands still is not waited for.
   * @throws StudioError that of the service; `unavailable` when no process serves the method, `timeout` when it does not answer in time,
   * `too_large` when the request does not fit into a message, `internal` when the answer is not what the contract says.
   */
  async call<M extends RpcMethod>(
    method: M,
    request: RpcRequest<M>,
    options: RpcCallOptions = {},
  ): Promise<RpcResponse<M>> {
    const answer = await this.#ask(method, request, options);
    return readAnswer(method, CONTRACT[method].response, answer);
  }

  async #ask(
    method: RpcMethod,
    request: unknown,
    { timeoutMs = LIMITS.rpcMs }: RpcCallOptions,
  ): Promise<BusMessage> {
    const body = encodeJson(request);
    const ask = (withinMs: number) => this.#bus.request(SUBJECT.rpc(method), body, { timeoutMs: withinMs });
    try {
      return await (CONTRACT[method].repeatable === true ? askAgain(ask, timeoutMs) : ask(timeoutMs));
    } catch (error) {
      throw toStudioError(method, error);
    }
  }
}

function readAnswer<T>(method: RpcMethod, schema: z.ZodType<T>, message: BusMessage): T {
  let answer: RpcAnswer;
  try {
    answer = RpcAnswer.parse(decodeJson(message.data));
  } catch (error) {
    throw new StudioError('internal', `The answer to ${method} cannot be read.`, { cause: error });
  }
  if ('error' in answer) throw StudioError.fromBody(answer.error);
  const response = schema.safeParse(answer.ok);
  if (response.success) return response.data;
  throw new StudioError('internal', `The answer to ${method} is not what was agreed.`, {
    cause: response.error,
  });
}

function toStudioError(method: RpcMethod, cause: unknown): StudioError {
  if (cause instanceof NoResponderError)
    return new StudioError(
      'unavailable',
      `The studio cannot do this at the moment (nobody serves ${method}). Try again.`,
      { cause },
    );
  if (cause instanceof BusTimeoutError)
    return new StudioError('timeout', `The studio did not answer in time (${method}). Try again.`, { cause });
  if (cause instanceof MessageTooLargeError)
    return new StudioError('too_large', `The request to ${method} is too large.`, { cause });
  return StudioError.from(cause);
}
