/** The person is not in the room, and as many people as may be are. */
export class RoomFullError extends Error {
  override readonly name = 'RoomFullError';
}
