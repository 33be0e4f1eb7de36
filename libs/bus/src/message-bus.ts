export type MessageHeaders = Readonly<Record<string, string>>;

/** Largest message body in bytes: what a nats-server takes by default (1 MiB), less room for headers. */
export const MAX_MESSAGE_BYTES = 1_040_000;

/** A message as a subscriber gets it. */
export interface BusMessage {
  readonly subject: string;
  /** Valid until the handler returns or resolves; a handler that keeps it must copy it. Never to be changed: others may get the same bytes. */
  readonly data: Uint8Array;
  readonly headers: MessageHeaders;
  /** Answers a request; does nothing when the message was not a request. @throws MessageTooLargeError */
  respond(data: Uint8Array, headers?: MessageHeaders): void;
}

export type MessageHandler = (message: BusMessage) => void | Promise<void>;

export interface Subscription {
  /** Ends it; messages already handed to the handler are finished, hence not to be awaited by the handler itself. */
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

/** A body has more than {@link MAX_MESSAGE_BYTES}. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError';
}

/**
 * At-most-once messages between processes. Subjects are tokens separated by dots; a subscription may hold `*` for one token.
 * Messages of one publisher arrive at a subscriber in the order in which they were published, over all its subjects.
 * Handlers are started in that order; one that returns a promise does not hold up the next message.
 * A handler that throws or rejects is reported and never ends its subscription.
 */
export interface MessageBus {
  /**
   * Sends and does not wait; while the broker is away, messages are lost. The bytes must not be changed afterwards.
   * Never throws: what cannot be sent for another reason is reported.
   */
  publish(subject: string, data: Uint8Array, headers?: MessageHeaders): void;
  /** Resolves when the broker knows the subscription: everything published afterwards is seen. */
  subscribe(subject: string, handler: MessageHandler, options?: SubscribeOptions): Promise<Subscription>;
  /** @throws NoResponderError, BusTimeoutError, MessageTooLargeError */
  request(subject: string, data: Uint8Array, options?: RequestOptions): Promise<BusMessage>;
  /** Whether messages can be sent now. */
  connected(): boolean;
  /** Finishes what was handed over, then disconnects. */
  close(): Promise<void>;
}
