import { Event } from '@studio/contracts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** An event as it is kept in the log and published on the bus. */
export function encodeEvent(event: Event): Uint8Array {
  return encoder.encode(JSON.stringify(event));
}

/** @throws when the data is not an event */
export function decodeEvent(data: Uint8Array): Event {
  return Event.parse(JSON.parse(decoder.decode(data)));
}

/** What the log takes for the same entry: keys of different people, and of different types of events, never meet. */
export function logKey({ key, actor, body }: Pick<Event, 'key' | 'actor' | 'body'>): string {
  return `${body.type}/${actor.id}/${key}`;
}
