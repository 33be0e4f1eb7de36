import type { ErrorCode, StudioError } from '@studio/contracts';

const PASSING: ReadonlySet<ErrorCode> = new Set(['unavailable', 'timeout', 'internal', 'rate_limited']);

/** Whether another attempt may not meet this error. */
export function isPassing({ code }: StudioError): boolean {
  return PASSING.has(code);
}
