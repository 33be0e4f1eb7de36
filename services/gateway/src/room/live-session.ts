import { BusTimeoutError, NoResponderError } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import { IDLE, LiveAnswer, SUBJECT, StudioError } from '@studio/contracts';
import type { LiveCommand, LiveStatus, RoomId } from '@studio/contracts';

/** Whoever enters a room does not wait longer than this for what Gemini does there; a signal will tell. Milliseconds. */
const STATUS_TIMEOUT_MS = 1_000;

/** Asks the owner of a room's Live session, if there is one. */
export class LiveSession {
  constructor(private readonly bus: MessageBus) {}

  /** What Gemini does in the room; idle when nobody answers. */
  async status(roomId: RoomId): Promise<LiveStatus> {
    try {
      return (await this.ask(roomId, { type: 'status' }, STATUS_TIMEOUT_MS)) ?? IDLE;
    } catch (error) {
      if (error instanceof BusTimeoutError) return IDLE;
      throw error;
    }
  }

  /**
   * Passes on what somebody wants; nothing happens when there is no Live session.
   * @throws StudioError timeout
   */
  async tell(roomId: RoomId, command: LiveCommand): Promise<void> {
    try {
      await this.ask(roomId, command);
    } catch (error) {
      if (error instanceof BusTimeoutError) throw new StudioError('timeout', 'Gemini does not answer.');
      throw error;
    }
  }

  private async ask(
    roomId: RoomId,
    command: LiveCommand,
    timeoutMs?: number,
  ): Promise<LiveStatus | undefined> {
    const request = Buffer.from(JSON.stringify(command));
    try {
      const { data } = await this.bus.request(SUBJECT.live(roomId), request, timeoutMs ? { timeoutMs } : {});
      return LiveAnswer.parse(JSON.parse(Buffer.from(data).toString()));
    } catch (error) {
      if (error instanceof NoResponderError) return undefined;
      throw error;
    }
  }
}
