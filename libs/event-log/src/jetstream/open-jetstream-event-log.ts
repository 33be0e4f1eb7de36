import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import { errors } from '@nats-io/nats-core';
import type { NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import type { NodeConnectionOptions } from '@nats-io/transport-node';
import { Backoff } from '../backoff.ts';
import { LogUnavailableError } from '../event-log.ts';
import { ensureStream } from './event-stream.ts';
import { JetStreamEventLog } from './jetstream-event-log.ts';

export interface JetStreamEventLogOptions extends Pick<
  NodeConnectionOptions,
  'user' | 'pass' | 'token' | 'tls'
> {
  /** `nats://host:port`, one or several of one cluster; not needed with a connection. */
  servers?: string | string[];
  /** One that is there already; it stays open when the log is closed. */
  connection?: NatsConnection;
  /** Name of the JetStream stream. */
  stream?: string;
  /**
   * Copies of the stream when it has to be created: 3 in a cluster, so that the loss of one server loses nothing. More than one takes
   * nats-server 2.10 or newer.
   */
  replicas?: number;
  /** How long JetStream may take for one request, in milliseconds. */
  timeoutMs?: number;
  /** How long JetStream may take to be ready when the log is opened, in milliseconds. */
  openMs?: number;
  /** Told of trouble that nobody waits for. */
  onError?: (error: unknown) => void;
}

/** Times in milliseconds. A server that answers nothing is given up after about `pingInterval` * (`maxPingOut` + 1). */
const CONNECTION = {
  name: 'event-log',
  reconnectTimeWait: 200,
  reconnectJitter: 100,
  pingInterval: 2_000,
  maxPingOut: 2,
  maxReconnectAttempts: -1,
  // Stack traces of each request cost more than the request itself.
  noAsyncTraces: true,
} as const satisfies NodeConnectionOptions;

/**
 * The logs in a JetStream stream, which is created if it is missing. Any number of processes may use it at the same time.
 *
 * JetStream answers when an entry is written, and syncs its files every two minutes by default: an entry survives the crash of any
 * process, and that of a machine when the stream has several replicas.
 * @throws LogUnavailableError when JetStream is not there in time; Error when the credentials are refused or the stream is of another kind
 */
export async function openJetStreamEventLog(options: JetStreamEventLogOptions): Promise<JetStreamEventLog> {
  const {
    servers,
    connection: given,
    stream = 'EVENTS',
    replicas = 1,
    timeoutMs = 2_000,
    openMs = 15_000,
    onError = (error) => {
      process.emitWarning(new Error(`event log: ${String(error)}`, { cause: error }));
    },
    ...credentials
  } = options;
  const deadline = performance.now() + openMs;
  const connection =
    given ??
    (await untilReady(deadline, () =>
      connect({
        ...CONNECTION,
        ...credentials,
        ...(servers === undefined ? {} : { servers }),
        timeout: timeoutMs,
      }),
    ));
  try {
    const manager = await jetstreamManager(connection, { timeout: timeoutMs, checkAPI: false });
    const serverVersion = connection.info?.version ?? '';
    await untilReady(deadline, () => ensureStream(manager, stream, { replicas, serverVersion }));
    return new JetStreamEventLog(connection, manager, {
      stream,
      timeoutMs,
      onError,
      owned: given === undefined,
    });
  } catch (error) {
    if (given === undefined) await connection.close();
    throw error;
  }
}

/** Tries again while nobody answers, which is so right after the start of a server. */
async function untilReady<T>(deadline: number, action: () => Promise<T>): Promise<T> {
  const backoff = new Backoff({ firstMs: 50, longestMs: 1_000 });
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isTransient(error)) throw error;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0)
        throw new LogUnavailableError(`JetStream cannot be reached: ${String(error)}`, { cause: error });
      await backoff.wait(leftMs);
    }
  }
}

function isTransient(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.status === 503;
  if (error instanceof errors.ConnectionError || error instanceof errors.TimeoutError) return true;
  // That nobody answers comes wrapped in an error of JetStream's.
  return error instanceof Error && (error instanceof errors.RequestError || isTransient(error.cause));
}
