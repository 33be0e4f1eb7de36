/**
 * WebSocket close codes of `kss.v1`. The range tells a client what to do: 4000-4499 come back after `retryMs`
 * (with backoff and jitter), 4500-4999 do not come back by yourself. A frame of more than 320 KiB is refused by the WebSocket layer
 * itself, with 1009.
 */
export const CLOSE = {
  movingAway: { code: 4000, reason: 'the server is going away', retryMs: 0 },
  slow: { code: 4001, reason: 'too slow: the queue of this connection is full', retryMs: 500 },
  noPong: { code: 4002, reason: 'no pong', retryMs: 0 },
  unavailable: { code: 4003, reason: 'temporarily unavailable', retryMs: 1_000 },
  outOfStep: { code: 4004, reason: 'events were missed', retryMs: 0 },
  ticketExpired: { code: 4005, reason: 'the ticket has expired: fetch a new one', retryMs: 0 },
  malformedFrame: { code: 4500, reason: 'malformed frame', retryMs: null },
  frameTooLarge: { code: 4501, reason: 'frame too large', retryMs: null },
  unknownType: { code: 4502, reason: 'unknown message type', retryMs: null },
  helloExpected: { code: 4503, reason: 'the first message must be hello', retryMs: null },
  helloTimeout: { code: 4504, reason: 'no hello in time', retryMs: null },
  ticketInvalid: { code: 4505, reason: 'the ticket is not valid', retryMs: null },
  ticketUsed: { code: 4506, reason: 'the ticket was used before', retryMs: null },
  tooManyMessages: { code: 4507, reason: 'rate limit', retryMs: null },
  roomFull: { code: 4508, reason: 'the room is full', retryMs: null },
  roomClosed: { code: 4509, reason: 'the room is closed', retryMs: null },
  notAllowed: { code: 4510, reason: 'not allowed', retryMs: null },
  roomNotFound: { code: 4511, reason: 'no such room', retryMs: null },
  left: { code: 4512, reason: 'you left', retryMs: null },
  removed: { code: 4513, reason: 'you were removed from the room', retryMs: null },
} as const satisfies Record<string, { code: number; reason: string; retryMs: number | null }>;

export type CloseName = keyof typeof CLOSE;
export type Close = (typeof CLOSE)[CloseName];

/** Whether a client should come back by itself after this close code. Codes that are not ours (1006, 1001 …) are network trouble. */
export function comesBack(code: number): boolean {
  return code < 4500 || code > 4999;
}

/** The table's entry for a code, or undefined for one that is not in the table. */
export function closeByCode(code: number): Close | undefined {
  return Object.values(CLOSE).find((close) => close.code === code);
}
