import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { Journal } from '../inspection/journal.ts';
import type { SessionRecord } from '../inspection/session-record.ts';
import type { Mind } from '../mind/plan.ts';
import type { Resumption } from '../session/resumption.ts';
import type { SessionTimes } from '../session/session.ts';
import { Session } from '../session/session.ts';
import type { Endpoint } from './endpoint.ts';
import { encodeServerMessage } from './wire-format.ts';

/** A client that lets this much pile up is cut off, in bytes. */
const MAX_BUFFERED = 32 * 1024 * 1024;
/** The most that a close frame carries, in bytes. */
const MAX_REASON = 123;

export interface ConnectionPorts {
  readonly clock: Clock;
  readonly times: SessionTimes;
  readonly mind: Mind;
  readonly resumption: Resumption;
  readonly journal: Journal;
}

/** Joins a WebSocket to a session. */
export function connect(socket: WebSocket, endpoint: Endpoint, ports: ConnectionPorts): void {
  const { clock, times, mind, resumption, journal } = ports;
  let record: SessionRecord | null = null;
  let sessionId: string | null = null;
  let fault: string | undefined;
  const session = new Session({
    endpoint,
    clock,
    times,
    mind,
    resumption,
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      record?.frameSent();
      socket.send(encodeServerMessage(message));
      if (socket.bufferedAmount > MAX_BUFFERED) socket.terminate();
    },
    close: ({ code, message }, cause) => {
      if (cause !== undefined)
        fault = cause instanceof Error ? (cause.stack ?? cause.message) : 'not an Error';
      socket.close(code, closeReason(message));
    },
    observe: (id, modelId, setup) => {
      sessionId = id;
      record = journal.open(id, endpoint.backend, modelId);
      record.connected(setup);
      return record;
    },
  });
  socket.on('message', (data) => {
    record?.frameReceived();
    session.receive(textOf(data));
  });
  // ws reports a broken or oversized frame here and then closes the connection by itself.
  socket.on('error', (error) => {
    fault = error.message;
  });
  socket.on('close', (code, reason) => {
    session.end();
    record?.disconnected();
    journal.closed(sessionId, code, reason.toString('utf8'), fault);
  });
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}

function closeReason(reason: string): string {
  const bytes = Buffer.from(reason, 'utf8');
  if (bytes.length <= MAX_REASON) return reason;
  return (
    bytes
      .subarray(0, MAX_REASON - 3)
      .toString('utf8')
      .replace(/�+$/, '') + '…'
  );
}
