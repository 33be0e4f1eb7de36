import { askAgain } from '@studio/bus';
import { LIMITS, newId } from '@studio/contracts';
import type { MediaState, RpcResponse } from '@studio/contracts';
import type { Admission } from '../identity/tickets.ts';
import type { ConnectionServices } from './connection-services.ts';

const NOTHING: MediaState = { microphone: false, camera: false, screen: false };

/** What the room service is told of one connection: that it has come, what it sends, and that it goes. */
export class Attendance {
  /** Number of the connection's media; 0 before it has joined. */
  source = 0;
  /** The room has taken the connection in. */
  joined = false;
  sending: MediaState = NOTHING;
  /** The conversation says that the person is gone, and not that they came again. */
  toldGone = false;
  private tries = 0;
  private decided = false;

  constructor(
    /** What the room knows it by. */
    public connectionId: string,
    private readonly person: Admission,
    private readonly services: Pick<ConnectionServices, 'rpc' | 'logger'>,
  ) {}

  /**
   * Joins the room. A process that stands still is not waited for: another one is asked, for a connection by another name, because a join
   * that is done late would undo what the connection has told since.
   * @throws StudioError
   */
  async enter(): Promise<RpcResponse<'room.join'>> {
    try {
      return await askAgain((timeoutMs) => this.tryToEnter(timeoutMs), LIMITS.rpcMs);
    } finally {
      this.decided = true;
    }
  }

  /** Joins again, as the one that it has been until now. @throws StudioError */
  async enterAgain(): Promise<RpcResponse<'room.join'>> {
    const { connectionId, source, toldGone } = this;
    // Whom the room takes for gone comes anew.
    const answer = await this.services.rpc.call('room.join', {
      ...{ ...this.request(connectionId), rejoin: !toldGone, source },
    });
    this.source = answer.source;
    return answer;
  }

  /** Says what the connection sends from now on. @throws StudioError */
  async send(media: MediaState): Promise<void> {
    this.sending = media;
    const { connectionId } = this;
    const { roomId } = this.person;
    await this.services.rpc.call('room.media', { roomId, connectionId, media });
  }

  /** The others see the person as away as long as nothing is heard of this connection. Never rejects. */
  async away(): Promise<void> {
    await this.told(() => this.tellLeave(this.connectionId, 'lost'));
  }

  /** Never rejects. */
  async leave(reason: 'left' | 'lost'): Promise<void> {
    if (this.joined) await this.leaveAs(this.connectionId, reason);
  }

  private async tryToEnter(timeoutMs: number): Promise<RpcResponse<'room.join'>> {
    const connectionId = this.tries++ === 0 ? this.connectionId : newId();
    const answer = await this.services.rpc.call('room.join', this.request(connectionId), { timeoutMs });
    if (this.decided) void this.leaveAs(connectionId, 'left');
    else {
      this.decided = true;
      this.joined = true;
      this.connectionId = connectionId;
      this.source = answer.source;
    }
    return answer;
  }

  private request(connectionId: string) {
    const { roomId, userId, name } = this.person;
    return { roomId, connectionId, user: { id: userId, name }, media: this.sending };
  }

  /** It is over: to say so twice, or late, changes nothing. */
  private leaveAs(connectionId: string, reason: 'left' | 'lost'): Promise<void> {
    const tell = (timeoutMs: number) => this.tellLeave(connectionId, reason, timeoutMs);
    return this.told(() => askAgain(tell, LIMITS.rpcMs));
  }

  private async tellLeave(connectionId: string, reason: 'left' | 'lost', timeoutMs: number = LIMITS.rpcMs) {
    const { roomId } = this.person;
    await this.services.rpc.call('room.leave', { roomId, connectionId, reason }, { timeoutMs });
  }

  private async told(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      // Presence expires by itself.
      const { roomId } = this.person;
      const expiresInMs = LIMITS.presenceMs;
      this.services.logger.warn({ err: error, roomId, expiresInMs }, 'a leave could not be told');
    }
  }
}
