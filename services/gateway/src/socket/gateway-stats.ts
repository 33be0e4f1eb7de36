import { Counter, Gauge, Registry } from '@studio/platform';

/** What the sockets did, as plain numbers: counting a media frame must cost nothing. */
export class GatewayStats {
  connections = 0;
  mediaReceived = 0;
  mediaSent = 0;
  /** Frames that were not sent to a connection because it was slow. */
  mediaDroppedSlow = 0;
  /** Frames of clients that sent more than they may. */
  mediaRefused = 0;
  readonly closes = new Map<number, number>();

  closed(code: number): void {
    this.closes.set(code, (this.closes.get(code) ?? 0) + 1);
  }
}

/** Shows the numbers to whoever scrapes the metrics. */
export function exposeStats(stats: GatewayStats, registry: Registry): void {
  const gauges: [string, string, () => number][] = [
    ['studio_gateway_connections', 'Open WebSockets', () => stats.connections],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
  const counters: [string, string, () => number][] = [
    ['studio_gateway_media_received_total', 'Media frames taken from clients', () => stats.mediaReceived],
    ['studio_gateway_media_sent_total', 'Media frames given to clients', () => stats.mediaSent],
    [
      'studio_gateway_media_dropped_total',
      'Media frames that a slow client was not given',
      () => stats.mediaDroppedSlow,
    ],
    [
      'studio_gateway_media_refused_total',
      'Media frames beyond the rate of their client',
      () => stats.mediaRefused,
    ],
  ];
  for (const [name, help, read] of counters) {
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
  new Counter({
    name: 'studio_gateway_closes_total',
    help: 'WebSockets that ended, by close code',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of stats.closes) this.inc({ code: String(code) }, count);
    },
  });
}
