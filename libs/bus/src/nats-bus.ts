import { connect, errors, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
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
import { NatsMessage, toNatsHeaders, toNatsOptions } from './nats-message.ts';
import { checkSubjectPattern } from './subject-tree.ts';

export interface NatsBusOptions extends Pick<NodeConnectionOptions, 'user' | 'pass' | 'token' | 'tls'> {
  /** `nats://host:port`, one or several of one cluster. */
  servers: string | string[];
  /** Names this process in the broker's monitoring. */
  name: string;
  onError?: OnBusError;
  /** Told when the connection is there, when it is lost, and when the first try to connect has failed. */
  onConnection?: (connected: boolean) => void;
}

/** Times in milliseconds. A broker that answers nothing is given up after about `pingInterval` * (`maxPingOut` + 1). */
const CONNECTION = {
  timeout: 3_000,
  reconnectTimeWait: 200,
  reconnectJitter: 100,
  pingInterval: 2_000,
  maxPingOut: 2,
  maxReconnectAttempts: -1,
  waitOnFirstConnect: true,
  // Stack traces of each request cost more than the request itself.
  noAsyncTraces: true,
} as const satisfies NodeConnectionOptions;

/** Connects to NATS; waits until the broker is there for the first time, and reconnects for ever. Rejects when it refuses the credentials. */
export async function connectNatsBus(options: NatsBusOptions): Promise<NatsBus> {
  const { onError = warnOfBusError, onConnection = () => undefined, ...connection } = options;
  let tries = 0;
  const connected = await connect({
    ...CONNECTION,
    ...connection,
    reconnectToServer: () => {
      tries += 1;
      if (tries === 2) onConnection(false);
      return null;
    },
  });
  // From here on the status of the connection tells.
  tries = 2;
  onConnection(true);
  return new NatsBus(connected, onError, onConnection);
}

/** The message bus between processes, on core NATS. */
export class NatsBus implements MessageBus {
  readonly #connection: NatsConnection;
  readonly #onError: OnBusError;
  readonly #subscriptions = new Set<Subscription>();
  #connected = true;
  readonly #whenConnected = new Set<() => void>();
  #closed: Promise<void> | undefined;

  /** Takes a connection that is there; see {@link connectNatsBus}. */
  constructor(connection: NatsConnection, onError: OnBusError, onConnection: (connected: boolean) => void) {
    this.#connection = connection;
    this.#onError = onError;
    void this.#watch(onConnection);
  }

  publish(subject: string, data: Uint8Array, headers?: MessageHeaders): void {
    // The client would keep it in memory for a broker that may be away for long.
    if (!this.#connected) return;
    try {
      checkMessageSize(data);
      this.#connection.publish(subject, data, toNatsOptions(headers));
    } catch (error) {
      this.#onError(error, subject);
    }
  }

  async subscribe(
    subject: string,
    handler: MessageHandler,
    options: SubscribeOptions = {},
  ): Promise<Subscription> {
    checkSubjectPattern(subject);
    this.#checkOpen();
    const runner = new HandlerRunner(handler, this.#onError);
    const natsSubscription = this.#connection.subscribe(subject, {
      ...(options.queue === undefined ? {} : { queue: options.queue }),
      // An exception in here would end the reader of the connection: the runner lets none out.
      callback: (error, message) => {
        if (error === null) runner.run(new NatsMessage(message));
        else this.#onError(error, subject);
      },
    });
    let closed: Promise<void> | undefined;
    const subscription: Subscription = {
      close: () => {
        closed ??= (async () => {
          if (!natsSubscription.isClosed() && !this.#connection.isClosed()) await natsSubscription.drain();
          await runner.idle();
          this.#subscriptions.delete(subscription);
        })();
        return closed;
      },
    };
    this.#subscriptions.add(subscription);
    await this.#brokerHasAll();
    return subscription;
  }

  async request(subject: string, data: Uint8Array, options: RequestOptions = {}): Promise<BusMessage> {
    const { timeoutMs = LIMITS.rpcMs, headers } = options;
    checkMessageSize(data);
    let timeout = timeoutMs;
    if (!this.#connected) timeout = await this.#untilConnected(timeoutMs);
    try {
      const answer = await this.#connection.request(subject, data, {
        timeout,
        ...(headers === undefined ? {} : { headers: toNatsHeaders(headers) }),
      });
      return new NatsMessage(answer);
    } catch (error) {
      throw translate(error, subject, timeoutMs);
    }
  }

  connected(): boolean {
    return this.#connected;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    // First the subscriptions: their handlers may still need answers, which end with the connection.
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    // Draining fails when the broker is away: then there is nothing to be drained.
    await this.#connection.drain().catch(() => this.#connection.close());
  }

  /** Resolves when the broker has processed what was sent until now, subscriptions included. */
  async #brokerHasAll(): Promise<void> {
    for (;;) {
      if (!this.#connected) await this.#untilConnected();
      try {
        await this.#connection.flush();
        return;
      } catch (error) {
        // The connection broke on the way; after a reconnect the client sends all subscriptions again.
        if (this.#connection.isClosed()) throw error;
      }
    }
  }

  /** Resolves the milliseconds that are left of `timeoutMs`. @throws BusTimeoutError */
  async #untilConnected(timeoutMs?: number): Promise<number> {
    this.#checkOpen();
    const start = performance.now();
    await new Promise<void>((resolve, reject) => {
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      const giveUp = () => {
        this.#whenConnected.delete(wake);
        reject(new BusTimeoutError('the broker cannot be reached'));
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
      this.#whenConnected.add(wake);
    });
    this.#checkOpen();
    return Math.max(1, Math.ceil((timeoutMs ?? 0) - (performance.now() - start)));
  }

  async #watch(onConnection: (connected: boolean) => void): Promise<void> {
    for await (const status of this.#connection.status()) {
      if (status.type === 'error') this.#onError(status.error, '');
      const connected = status.type === 'reconnect' || (this.#connected && status.type !== 'disconnect');
      if (connected === this.#connected) continue;
      this.#connected = connected;
      onConnection(connected);
      if (connected) this.#wake();
    }
    this.#connected = false;
    this.#wake();
  }

  #checkOpen(): void {
    if (this.#connection.isClosed()) throw new BusTimeoutError('the bus is closed');
  }

  #wake(): void {
    for (const wake of this.#whenConnected) wake();
    this.#whenConnected.clear();
  }
}

function translate(error: unknown, subject: string, timeoutMs: number): unknown {
  if (error instanceof errors.RequestError && error.isNoResponders())
    return new NoResponderError(`nobody answers ${subject}`, { cause: error });
  if (error instanceof errors.TimeoutError)
    return new BusTimeoutError(`${subject} was not answered within ${timeoutMs} ms`, { cause: error });
  if (error instanceof errors.RequestError || error instanceof errors.ClosedConnectionError)
    return new BusTimeoutError('the connection to the broker has ended', { cause: error });
  return error;
}
