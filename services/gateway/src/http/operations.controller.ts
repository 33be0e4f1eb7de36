import type { ServerResponse } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';
import { Health, Registry } from '@studio/platform';

/** For whoever operates the gateway. */
@Controller()
export class OperationsController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Registry,
  ) {}

  /** 200 when this gateway can serve, else 503; the checks stand in the body. */
  @Get('healthz')
  healthz(@Res() response: ServerResponse): void {
    const report = this.health.report();
    response.writeHead(report.ok ? 200 : 503, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    });
    response.end(JSON.stringify(report));
  }

  @Get('metrics')
  async scrape(@Res() response: ServerResponse): Promise<void> {
    const text = await this.metrics.metrics();
    response.writeHead(200, { 'content-type': this.metrics.contentType, 'cache-control': 'no-store' });
    response.end(text);
  }
}
