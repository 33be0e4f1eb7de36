import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import { ERROR_STATUS, ErrorCode, LIMITS, StudioError } from '@studio/contracts';
import type { Problem } from '@studio/contracts';
import { ComeBackLater } from './come-back-later.ts';
import { PreconditionFailed } from './precondition-failed.ts';

/** Answers `application/problem+json` (RFC 9457). */
export function sendProblem(response: ServerResponse, error: StudioError): void {
  const status = ERROR_STATUS[error.code];
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
  };
  if (error instanceof PreconditionFailed) {
    problem.current = error.current;
    response.setHeader('etag', error.tag);
  }
  if (error instanceof ComeBackLater) response.setHeader('retry-after', error.afterSeconds);
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(problem));
}

/** What a status of the framework means, in words that say what to change. */
const DETAILS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: its body is not JSON, or its address is malformed.',
  404: 'Nothing is served at this address with this method.',
  413: `The body is larger than ${LIMITS.textFrameBytes / 1024} KiB.`,
};

/** The error that stands for one that the framework threw with an HTTP status: no route, a body that is no JSON, or too large. */
export function fromStatus(status: number): StudioError | undefined {
  if (status < 400 || status > 499) return undefined;
  const code = ErrorCode.options.find((option) => ERROR_STATUS[option] === status) ?? 'invalid';
  return new StudioError(code, DETAILS[status] ?? STATUS_CODES[status] ?? 'The request cannot be answered.');
}
