import type { IncomingMessage, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { ExpressAdapter } from '@nestjs/platform-express';
import { LIMITS } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import { cacheControl } from '../client-files/caching.ts';
import { indexPage } from '../client-files/index-page.ts';
import { Nonces } from '../client-files/nonces.ts';
import type { GatewayConfig } from '../gateway-config.ts';
import { originCheck } from './origin-check.ts';
import { ProblemFilter } from './problem.filter.ts';
import type { RequestOrigin } from './request-origin.ts';
import { securityHeaders } from './security-headers.ts';

/**
 * What comes before the controllers, in this order: headers, the check of the origin, the client's files, bodies.
 * @throws ConfigError when there is no client where the configuration says
 */
export async function setUpHttp(
  app: INestApplication,
  adapter: ExpressAdapter,
  config: GatewayConfig,
  origin: RequestOrigin,
  logger: Logger,
): Promise<void> {
  const nonces = new Nonces();
  app.use(securityHeaders(nonces.of));
  app.use(originCheck(origin));
  app.use('/api', neverStored);
  if (config.CLIENT_DIR !== undefined) {
    app.use(await indexPage(config.CLIENT_DIR, nonces.of));
    adapter.useStaticAssets(config.CLIENT_DIR, {
      index: false,
      redirect: false,
      setHeaders: (response: ServerResponse, path: string) => {
        response.setHeader('cache-control', cacheControl(path));
      },
    });
  }
  adapter.useBodyParser('json', false, { limit: LIMITS.textFrameBytes });
  app.useGlobalFilters(new ProblemFilter(logger));
}

function neverStored(_: IncomingMessage, response: ServerResponse, next: () => void): void {
  response.setHeader('cache-control', 'no-store');
  next();
}
