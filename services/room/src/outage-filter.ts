import { Catch } from '@nestjs/common';
import type { RpcExceptionFilter } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import { HeadMovedError, LogUnavailableError } from '@studio/event-log';
import { StoreUnavailableError as ObjectsUnavailableError } from '@studio/object-store';
import type { Logger } from '@studio/platform';
import { StoreUnavailableError as PresenceUnavailableError } from '@studio/presence';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';

const AWAY = [LogUnavailableError, HeadMovedError, ObjectsUnavailableError, PresenceUnavailableError];

/** Whether something failed because a store is away: the same may be tried again. */
export function isAway(error: unknown): boolean {
  return AWAY.some((type) => error instanceof type);
}

/** A store that is away for the moment is no fault of ours to be called `internal`: the caller may try again. */
@Catch(...AWAY)
export class OutageFilter implements RpcExceptionFilter {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  catch(cause: unknown): Observable<never> {
    this.logger.warn({ err: cause }, 'a request failed because a store is away');
    return throwError(
      () => new StudioError('unavailable', 'The studio cannot reach its storage now. Try again.', { cause }),
    );
  }
}
