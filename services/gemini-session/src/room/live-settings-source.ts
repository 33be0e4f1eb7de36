import type { Event, LiveSettings, RpcResponse } from '@studio/contracts';
import { Refresh } from './refresh.ts';

export interface LiveSettingsSourceOptions {
  /** Asks the room service. */
  read: () => Promise<RpcResponse<'room.live'>>;
  /** The settings are others now. */
  onChange: (settings: LiveSettings, before: LiveSettings) => void;
  /** They could not be read now. Those from before stay, and it is tried again. */
  onError: (error: unknown) => void;
  /** Until the next try, in milliseconds. */
  retryMs: number;
}

/**
 * The settings of one room as they are now: read at the beginning, and again whenever the conversation tells that somebody has changed
 * them. A change whose event was missed comes when the feed has caught up.
 */
export class LiveSettingsSource {
  private readonly options: LiveSettingsSourceOptions;
  private known: RpcResponse<'room.live'> | undefined;
  private readonly refresh = new Refresh(() => this.read());
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(options: LiveSettingsSourceOptions) {
    this.options = options;
  }

  /** @throws Error before they were read for the first time */
  get current(): LiveSettings {
    if (this.known === undefined) throw new Error('the settings of the room have not been read');
    return this.known.settings;
  }

  /** The first reading. @throws StudioError when they cannot be read now */
  async open(): Promise<void> {
    this.known = await this.options.read();
  }

  /** A line of the conversation. */
  notice({ body }: Event): void {
    if (body.type === 'live.settings') this.refresh.ask();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
  }

  /** Never rejects. */
  private async read(): Promise<void> {
    clearTimeout(this.retry);
    if (!this.wanted()) return;
    try {
      this.take(await this.options.read());
    } catch (error) {
      if (!this.wanted()) return;
      this.options.onError(error);
      this.retry = setTimeout(() => this.refresh.ask(), this.options.retryMs);
    }
  }

  private wanted(): boolean {
    return !this.closed;
  }

  private take(read: RpcResponse<'room.live'>): void {
    const before = this.known;
    this.known = read;
    if (this.wanted() && before !== undefined && before.version !== read.version)
      this.options.onChange(read.settings, before.settings);
  }
}
