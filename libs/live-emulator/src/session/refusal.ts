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

export function modelNotFound(model: string, apiVersion: string): Refusal {
  return new Refusal(
    1008,
    `${model.slice(0, 80)} is not found for API version ${apiVersion}, or is not supported for bidiGenerateContent.`,
  );
}

export function sessionNotFound(): Refusal {
  return new Refusal(1008, 'BidiGenerateContent session not found');
}

export function quotaExceeded(): Refusal {
  return new Refusal(
    1011,
    'RESOURCE_EXHAUSTED: You exceeded your current quota, please check your plan and billing details.',
  );
}

export function deadlineExpired(): Refusal {
  return new Refusal(1011, 'Deadline expired before operation could complete.');
}

export function tokenExpired(): Refusal {
  return new Refusal(1008, 'The auth token has expired.');
}

export function internalError(): Refusal {
  return new Refusal(1011, 'Internal error encountered.');
}
