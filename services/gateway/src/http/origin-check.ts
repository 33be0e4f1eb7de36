import type { IncomingMessage, ServerResponse } from 'node:http';
import { StudioError } from '@studio/contracts';
import { sendProblem } from './problem.ts';
import type { RequestOrigin } from './request-origin.ts';

const READING: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses requests that change something and come from a page of somewhere else. */
export function originCheck(origin: RequestOrigin) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (READING.has(request.method) || origin.allows(request)) next();
    else
      sendProblem(
        response,
        new StudioError(
          'forbidden',
          'A page of this origin may not use this studio: ALLOWED_ORIGINS names those that may.',
        ),
      );
  };
}
