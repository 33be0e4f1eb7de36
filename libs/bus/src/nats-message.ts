import { headers as newHeaders, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import type { BusMessage, MessageHeaders } from './message-bus.ts';
import { checkMessageSize } from './message-size.ts';

const NO_HEADERS: MessageHeaders = {};

/** A message of NATS. Subject and headers are decoded when they are asked for: a relay of media frames may never ask. */
export class NatsMessage implements BusMessage {
  readonly #message: Msg;

  constructor(message: Msg) {
    this.#message = message;
  }

  get subject(): string {
    return this.#message.subject;
  }

  get data(): Uint8Array {
    return this.#message.data;
  }

  get headers(): MessageHeaders {
    const { headers } = this.#message;
    if (headers === undefined) return NO_HEADERS;
    return Object.fromEntries(headers.keys().map((key) => [key, headers.get(key)]));
  }

  respond(data: Uint8Array, headers?: MessageHeaders): void {
    checkMessageSize(data);
    this.#message.respond(data, toNatsOptions(headers));
  }
}

/** Options of a publish or respond with these headers; undefined without any. */
export function toNatsOptions(headers: MessageHeaders | undefined): { headers: MsgHdrs } | undefined {
  return headers === undefined ? undefined : { headers: toNatsHeaders(headers) };
}

export function toNatsHeaders(headers: MessageHeaders): MsgHdrs {
  const result = newHeaders();
  for (const [key, value] of Object.entries(headers)) result.set(key, value);
  return result;
}
