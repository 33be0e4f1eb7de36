import { RpcClient } from '@studio/bus';
import { LIMITS } from '@studio/contracts';
import type { RoomId, RpcResponse } from '@studio/contracts';
import type { Logger } from '@studio/platform';

export interface PulseHandlers {
  /** The truth is asked for now. */
  onAsking(): void;
  onTruth(truth: RpcResponse<'room.pulse'>): void;
}

/** Asks for the truth about a room again and again, a little unevenly, so that gateways do not all ask at once. */
export class RoomPulse {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly roomId: RoomId,
    private readonly rpc: RpcClient,
    private readonly logger: Logger,
    private readonly handlers: PulseHandlers,
  ) {
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.ask(), LIMITS.pulseMs * (0.8 + Math.random() / 5));
  }

  private async ask(): Promise<void> {
    const { roomId } = this;
    this.handlers.onAsking();
    try {
      const truth = await this.rpc.call('room.pulse', { roomId }, { timeoutMs: LIMITS.pulseMs });
      if (!this.isStopped()) this.handlers.onTruth(truth);
    } catch (error) {
      this.logger.warn({ err: error, roomId }, 'the truth about a room is not known now');
    }
    if (!this.isStopped()) this.schedule();
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}
