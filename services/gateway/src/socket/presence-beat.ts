import { LIMITS } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import type { Presence } from '@studio/presence';
import { ConnectionRegistry } from './connection-registry.ts';

/** Reports the connections of this gateway as alive, all at once. */
export class PresenceBeat {
  private readonly interval: ReturnType<typeof setInterval>;
  private running: Promise<void> | undefined;

  constructor(
    private readonly presence: Presence,
    private readonly connections: ConnectionRegistry,
    private readonly logger: Logger,
  ) {
    this.interval = setInterval(() => {
      // A store that is slow or away is not asked again before it has answered.
      this.running ??= this.beat().finally(() => {
        this.running = undefined;
      });
    }, LIMITS.presenceBeatMs);
  }

  async close(): Promise<void> {
    clearInterval(this.interval);
    await this.running;
  }

  private async beat(): Promise<void> {
    const present = [...this.connections].flatMap((connection) =>
      connection.place ? [{ connection, place: connection.place }] : [],
    );
    if (present.length === 0) return;
    try {
      const places = present.map(({ place }) => place);
      const gone = new Set(await this.presence.beat(places, LIMITS.presenceMs));
      for (const { connection, place } of present) {
        if (gone.has(place.connectionId)) connection.rejoin();
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'presence could not be told who is here');
    }
  }
}
