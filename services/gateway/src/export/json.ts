import type { Event, Room } from '@studio/contracts';

/** The room, and every event as it is kept: one object, with one event a line. */
export async function* json(room: Room, events: AsyncIterable<Event>): AsyncGenerator<string> {
  yield `{"room":${JSON.stringify(room)},\n"events":[`;
  let separator = '\n';
  for await (const event of events) {
    yield separator + JSON.stringify(event);
    separator = ',\n';
  }
  yield '\n]}\n';
}
