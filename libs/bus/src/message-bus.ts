export type MessageHeaders = Readonly<Record<string, string>>;

/** A message as a subscriber gets it. */
export interface BusMessage {
  readonly subject: string;
  /** Valid until the handler returns or resolves; a handler that keeps it must copy it. */
  readonly data: Uint8Array;
  readonly headers: MessageHeaders;
  /** Answers a request; does nothing when the message was not a request. */
  respond(data: Uint8Array, headers?: MessageHeaders): void;
}

export interface Subscription {
  /** Ends it; messages already handed to the handler are finished. */
  close(): Promise<void>;
}

export interface SubscribeOptions {
  /** Of the subscribers with the same queue name, one gets each message. */
  queue?: string;
}

export interface RequestOptions {
  /** Deadline in milliseconds; default `LIMITS.rpcMs`. */
  timeoutMs?: number;
  headers?: MessageHeaders;
}

/** Nobody is subscribed to the subject of a request. */
export class NoResponderError extends Error {
  override readonly name = 'NoResponderError';
}

/** A request was not answered in time, or the broker cannot be reached. */
export class BusTimeoutError extends Error {
  override readonly name = 'BusTimeoutError';
}

/**
 * At-most-once messages between processes. Subjects are tokens separated by dots; a subscription may hold `*` for one token.
 * Messages of one publisher arrive at a subscriber in the order in which they were published, over all its subjects.
 * A handler that throws or rejects is logged and never ends its subscription.
 */
export interface MessageBus {
  /** Sends and does not wait; while the broker is away, messages may be lost. */
  publish(subject: string, data: Uint8Array, headers?: MessageHeaders): void;
  /** Resolves when the broker knows the subscription: everything published afterwards is seen. */
  subscribe(
    subject: string,
    handler: (message: BusMessage) => void | Promise<void>,
    options?: SubscribeOptions,
  ): Promise<Subscription>;
  /** @throws NoResponderError, BusTimeoutError */
  request(subject: string, data: Uint8Array, options?: RequestOptions): Promise<BusMessage>;
  /** Whether messages can be sent now. */
  connected(): boolean;
  /** Finishes what was handed over, then disconnects. */
  close(): Promise<void>;
}
