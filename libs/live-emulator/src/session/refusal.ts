/** WebSocket close codes with which the Live API refuses: bad argument, policy, its own failure or deadline. */
export type RefusalCode = 1007 | 1008 | 1011;

/** The reason why a connection ends; thrown by whoever finds it, sent as the close frame. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, reason: string) {
    super(reason);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** The service's own words for an argument that is well formed and not allowed. */
export const INVALID_ARGUMENT = 'Request contains an invalid argument.';

export function invalidArgument(reason = INVALID_ARGUMENT): Refusal {
  return new Refusal(1007, reason);
}
