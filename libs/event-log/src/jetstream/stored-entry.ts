import type { StoredMsg } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/nats-core';
import type { LogEntry } from '../event-log.ts';

/** An entry and where it stands in the stream, which all logs share. */
export interface StoredEntry extends LogEntry {
  readonly position: number;
}

export const SEQ_HEADER = 'Studio-Seq';
export const KEY_HEADER = 'Studio-Key';

export function toStoredEntry({
  seq,
  header,
  data,
}: Pick<StoredMsg, 'seq' | 'header' | 'data'>): StoredEntry {
  return makeStoredEntry(seq, header, data);
}

/** @throws Error when the message is not one that this engine has written */
export function makeStoredEntry(
  position: number,
  headers: MsgHdrs | undefined,
  data: Uint8Array,
): StoredEntry {
  const seq = Number(headers?.get(SEQ_HEADER));
  if (!Number.isSafeInteger(seq) || seq < 1)
    throw new Error(`message ${position} of the stream is not an entry of a log`);
  // A copy, so that a small entry does not keep all that was received with it in memory.
  return { seq, key: headers?.get(KEY_HEADER) ?? '', data: new Uint8Array(data), position };
}
