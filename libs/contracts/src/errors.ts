import * as z from 'zod';

/** Stable error codes with the HTTP status each one maps to. The same codes are used on WebSocket errors and between services. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  /** A passcode is needed, or this one is wrong. */
  passcode: 403,
  not_found: 404,
  conflict: 409,
  closed: 410,
  precondition_failed: 412,
  too_large: 413,
  /** The room is locked. */
  locked: 423,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
  timeout: 504,
} as const;

export const ErrorCode = z.enum(Object.keys(ERROR_STATUS) as [ErrorCodeName, ...ErrorCodeName[]]);
type ErrorCodeName = keyof typeof ERROR_STATUS;
export type ErrorCode = ErrorCodeName;

/** An error as it travels: a stable code, and a sentence a person can act on. */
export const ErrorBody = z.object({ code: ErrorCode, message: z.string() });
export type ErrorBody = z.infer<typeof ErrorBody>;

/** An error whose code and message may be shown to the caller. Everything else becomes `internal`. */
export class StudioError extends Error {
  override readonly name = 'StudioError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message };
  }

  static fromBody(body: ErrorBody): StudioError {
    return new StudioError(body.code, body.message);
  }

  /** The error itself if it is one of ours, otherwise an `internal` one that tells the caller nothing and keeps the cause. */
  static from(error: unknown): StudioError {
    return error instanceof StudioError
      ? error
      : new StudioError('internal', 'Something went wrong on our side. Try again.', { cause: error });
  }
}

/** `application/problem+json` (RFC 9457) as the HTTP API answers it. */
export const Problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: ErrorCode,
  detail: z.string(),
  /** With 412: what is there now, in the form that GET answers. */
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof Problem>;
