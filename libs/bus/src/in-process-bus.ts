import { LIMITS } from '@studio/contracts';
import { warnOfBusError, type OnBusError } from './bus-error.ts';
import { HandlerRunner } from './handler-runner.ts';
import {
  BusTimeoutError,
  NoResponderError,
  type BusMessage,
  type MessageBus,
  type MessageHandler,
  type MessageHeaders,
  type RequestOptions,
  type SubscribeOptions,
  type Subscription,
} from './message-bus.ts';
import { checkMessageSize } from './message-size.ts';
import { checkSubjectPattern, SubjectTree } from './subject-tree.ts';

const NO_HEADERS: MessageHeaders = {};

interface Receiver {
  receive(message: BusMessage): void;
}

interface Subscriber extends Receiver {
  readonly queue: string | undefined;
}

interface Delivery {
  readonly message: BusMessage;
  readonly receivers: readonly Receiver[];
}

/** The message bus of a studio that is one process. Bodies are handed over as they are, nothing is copied. */
export class InProcessBus implements MessageBus {
  readonly #onError: OnBusError;
  readonly #subscribers = new SubjectTree<Subscriber>();
  readonly #subscriptions = new Set<Subscription>();
  /** What ends each request that waits for its answer. */
  readonly #requests = new Set<(error: Error) => void>();
  #deliveries: Delivery[] = [];
  #turn = 0;
  #state: 'open' | 'closing' | 'closed' = 'open';

  constructor(options: { onError?: OnBusError } = {}) {
    this.#onError = options.onError ?? warnOfBusError;
  }

  publish(subject: string, data: Uint8Array, headers: MessageHeaders = NO_HEADERS): void {
    try {
      this.#checkOpen();
      checkMessageSize(data);
    } catch (error) {
      this.#onError(error, subject);
      return;
    }
    const receivers = this.#receivers(subject);
    if (receivers.length > 0)
      this.#deliver({ message: { subject, data, headers, respond: respondToNobody }, receivers });
  }

  subscribe(subject: string, handler: MessageHandler, options: SubscribeOptions = {}): Promise<Subscription> {
    return new Promise((resolve) => resolve(this.#subscribe(subject, handler, options.queue)));
  }

  request(subject: string, data: Uint8Array, options: RequestOptions = {}): Promise<BusMessage> {
    const { timeoutMs = LIMITS.rpcMs, headers = NO_HEADERS } = options;
    return new Promise((resolve, reject) => {
      this.#checkOpen();
      checkMessageSize(data);
      const receivers = this.#receivers(subject);
      if (receivers.length === 0) throw new NoResponderError(`nobody answers ${subject}`);

      const settle = () => {
        clearTimeout(timer);
        this.#requests.delete(fail);
      };
      const fail = (error: Error) => {
        settle();
        reject(error);
      };
      const answered: Receiver = {
        receive: (answer) => {
          settle();
          resolve(answer);
        },
      };
      const timer = setTimeout(
        () => fail(new BusTimeoutError(`${subject} was not answered within ${timeoutMs} ms`)),
        timeoutMs,
      );
      this.#requests.add(fail);
      const respond = (answer: Uint8Array, answerHeaders: MessageHeaders = NO_HEADERS) => {
        checkMessageSize(answer);
        const message = { subject, data: answer, headers: answerHeaders, respond: respondToNobody };
        // By the queue, so that what the responder published before is seen before.
        this.#deliver({ message, receivers: [answered] });
      };
      this.#deliver({ message: { subject, data, headers, respond }, receivers });
    });
  }

  connected(): boolean {
    return this.#state !== 'closed';
  }

  async close(): Promise<void> {
    this.#state = 'closing';
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await this.#delivered();
    this.#state = 'closed';
    for (const fail of this.#requests) fail(new BusTimeoutError('the bus was closed'));
  }

  #subscribe(subject: string, handler: MessageHandler, queue: string | undefined): Subscription {
    this.#checkOpen();
    checkSubjectPattern(subject);
    const runner = new HandlerRunner(handler, this.#onError);
    const subscriber: Subscriber = { queue, receive: (message) => runner.run(message) };
    this.#subscribers.add(subject, subscriber);
    let closed: Promise<void> | undefined;
    const subscription: Subscription = {
      close: () => {
        closed ??= this.#end(subject, subscriber, runner).finally(() =>
          this.#subscriptions.delete(subscription),
        );
        return closed;
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  #checkOpen(): void {
    if (this.#state === 'closed') throw new BusTimeoutError('the bus is closed');
  }

  /** Who gets a message: every subscriber without a queue, and one of each queue in turn. */
  #receivers(subject: string): readonly Receiver[] {
    const found = this.#subscribers.match(subject);
    if (found.every((subscriber) => subscriber.queue === undefined)) return found;
    const receivers: Receiver[] = [];
    const queues = new Map<string, Subscriber[]>();
    for (const subscriber of found) {
      if (subscriber.queue === undefined) receivers.push(subscriber);
      else queues.set(subscriber.queue, [...(queues.get(subscriber.queue) ?? []), subscriber]);
    }
    this.#turn += 1;
    for (const members of queues.values()) {
      const chosen = members[this.#turn % members.length];
      if (chosen !== undefined) receivers.push(chosen);
    }
    return receivers;
  }

  #deliver(delivery: Delivery): void {
    // Not a microtask: handlers that publish to each other would keep the process from its sockets.
    if (this.#deliveries.push(delivery) === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const deliveries = this.#deliveries;
    this.#deliveries = [];
    for (const { message, receivers } of deliveries)
      for (const receiver of receivers) receiver.receive(message);
  }

  /** Resolves when everything that was sent until now has been handed over. */
  #delivered(): Promise<void> {
    return new Promise((resolve) => {
      const message = { subject: '', data: new Uint8Array(), headers: NO_HEADERS, respond: respondToNobody };
      this.#deliver({ message, receivers: [{ receive: () => resolve() }] });
    });
  }

  async #end(subject: string, subscriber: Subscriber, runner: HandlerRunner): Promise<void> {
    this.#subscribers.remove(subject, subscriber);
    await this.#delivered();
    await runner.idle();
  }
}

function respondToNobody(): void {
  // The message was not a request.
}
