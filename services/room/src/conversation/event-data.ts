import { decodeJson, encodeJson } from '@studio/bus';
import { Event } from '@studio/contracts';

/** An event as it is kept in the log and published on the bus. */
export function encodeEvent(event: Event): Uint8Array {
  return encodeJson(event);
}

/** @throws when the data is not an event */
export function decodeEvent(data: Uint8Array): Event {
  return Event.parse(decodeJson(data));
}
