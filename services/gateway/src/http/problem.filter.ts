import type { ServerResponse } from 'node:http';
import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import { fromStatus, sendProblem } from './problem.ts';

/** Every error of the HTTP API leaves as a problem; what is not ours is logged and told as `internal`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<ServerResponse>();
    const error = this.toStudioError(thrown);
    if (error.code === 'internal') this.logger.error({ err: error.cause ?? error }, 'request failed');
    if (response.headersSent) {
      this.logger.warn({ err: error }, 'an answer broke off');
      response.destroy();
    } else sendProblem(response, error);
  }

  private toStudioError(thrown: unknown): StudioError {
    if (thrown instanceof StudioError) return thrown;
    return fromStatus(statusOf(thrown)) ?? StudioError.from(thrown);
  }
}

/** Nest's exceptions and those of the body parser carry the HTTP status that they mean; 500 otherwise. */
function statusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'status' in thrown && typeof thrown.status === 'number')
    return thrown.status;
  return 500;
}
