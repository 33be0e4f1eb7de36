import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import pretty from 'pino-pretty';

export type { Logger } from 'pino';

export interface LoggerOptions {
  level: string;
  /** Where lines go; default: standard output, JSON, or readable lines when that is a terminal. */
  destination?: DestinationStream;
}

/**
 * A structured logger. Messages are fixed sentences, values are attributes; conversation text, tickets, credentials and URLs with a query
 * never are (design, part 8).
 */
export function createLogger(name: string, options: LoggerOptions): Logger {
  const destination =
    options.destination ??
    (process.stdout.isTTY
      ? pretty({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l', sync: true })
      : undefined);
  const settings = { name, level: options.level, timestamp: stdTimeFunctions.isoTime };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

/** Nest's own messages through our logger; its start-up chatter is only for debugging. */
export class NestLogger implements LoggerService {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error({ details }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
