import { StudioError, SUBJECT, MediaKind, allowedMedia, may, stampSource } from '@studio/contracts';
import type { CloseName, Role, MediaState, RpcResponse } from '@studio/contracts';
import type { Admission } from '../identity/tickets.ts';
import { eventWindow } from '../room/event-window.ts';
import { RoomHub } from '../room/room-hub.ts';
import type { RoomListener } from '../room/room-listener.ts';
import { Attendance } from './attendance.ts';
import type { ConnectionServices } from './connection-services.ts';
import { decisionFor } from './decision.ts';
import type { Decision } from './decision.ts';
import { Outbox } from './outbox.ts';
import type { Sending } from './read-media.ts';

/** The connection, as its visit sees it. */
export interface VisitHost {
  close(name: CloseName): void;
  /** Does something after what the client has asked for until now. */
  enqueue(step: () => Promise<void> | void): void;
}

/** A connection's stay in a room, from its admission to its leave. */
export class RoomVisit implements RoomListener {
  /** What the person may do here now; known after the join. */
  role: Role = 'viewer';
  private readonly attendance: Attendance;
  /** Somebody has switched the microphone off, and its owner has not switched it on again. */
  private muted = false;
  /** The role is not that of the join: what still comes of media was sent in good faith. */
  private roleChanged = false;
  private hub: RoomHub | undefined;
  private welcomed = false;
  private over = false;
  /** Messages from before the welcome, which come right after it. */
  private early: Buffer[] = [];
  private delivered = 0;
  private stopEvents: () => void = () => undefined;
  private readonly subjects: string[] = [];

  constructor(
    connectionId: string,
    readonly person: Admission,
    private readonly outbox: Outbox,
    private readonly host: VisitHost,
    private readonly services: ConnectionServices,
  ) {
    this.attendance = new Attendance(connectionId, person, services);
    for (const kind of Object.values(MediaKind)) this.subjects[kind] = SUBJECT.media(person.roomId, kind);
  }

  /** Number of the connection's media; 0 before it has joined. */
  get source(): number {
    return this.attendance.source;
  }

  /** What the room knows the connection by. */
  get connectionId(): string {
    return this.attendance.connectionId;
  }

  /** Whether presence is to be told that the connection is alive. */
  get present(): boolean {
    return this.admitted && !this.over;
  }

  /** Whether the room has taken the connection in, be it over or not. */
  get admitted(): boolean {
    return this.attendance.joined;
  }

  /** Sequence of the last event that was given to the connection. */
  get lastSeq(): number {
    return this.delivered;
  }

  /**
   * Joins the room, welcomes the connection, and lets the events after `since` follow.
   * @throws StudioError, and what the bus throws
   */
  async enter(since: number | null): Promise<void> {
    const { hubs, live, liveInfo } = this.services;
    const { roomId, userId } = this.person;
    this.hub = await hubs.acquire(roomId);
    // Before the join, so that nothing is missed in between.
    this.hub.add(this);
    const [status, info] = await Promise.all([live.status(roomId), liveInfo.get()]);
    if (this.ended()) return;
    const { room, role, source, participants, lobby, head, first } = this.take(await this.attendance.enter());
    if (this.ended()) return;
    this.hub.welcomed({ participants, lobby });
    const window = eventWindow(since, { first, head });
    this.outbox.send({
      type: 'welcome',
      connectionId: this.connectionId,
      participantId: userId,
      source,
      role,
      room,
      participants,
      lobby,
      live: status,
      liveInfo: info,
      ...window,
      head,
      heartbeatMs: this.services.timing.pingIntervalMs,
    });
    this.welcomed = true;
    for (const message of this.early.splice(0)) this.outbox.sendJson(message);
    this.delivered = window.since;
    this.stopEvents = this.hub.events.follow(window.since, head, (message, event) => {
      this.delivered = event.seq;
      this.outbox.sendJson(message);
      // The welcome knows of the others.
      if (event.seq <= head) return;
      this.obey(decisionFor(event, userId));
      if (event.actor.id !== userId) return;
      if (event.body.type === 'participant.left') this.attendance.toldGone = true;
      else if (event.body.type === 'participant.joined') this.attendance.toldGone = false;
    });
  }

  /** Whether a frame of this connection goes to the room, is dropped, or is one that no client of ours sends. */
  judge({ kind, permission }: Sending): 'pass' | 'drop' | 'close' {
    if (!this.welcomed) return 'drop';
    if (!may(this.role, permission)) return this.roleChanged ? 'drop' : 'close';
    return this.muted && kind === MediaKind.microphone ? 'drop' : 'pass';
  }

  /** Publishes a frame of this connection; the buffer is changed and given away. */
  publish(frame: Buffer, kind: MediaKind): void {
    stampSource(frame, this.source);
    this.services.bus.publish(this.subjects[kind] ?? '', frame);
  }

  media(frame: Buffer, kind: MediaKind, now: number): void {
    if (!this.welcomed) return;
    this.services.stats.mediaSent++;
    this.outbox.sendMedia(frame, kind, now);
  }

  message(json: Buffer): void {
    if (this.welcomed) this.outbox.sendJson(json);
    else this.early.push(json);
  }

  /** Says what this connection sends from now on. @throws StudioError */
  async setMedia(media: MediaState): Promise<void> {
    if (media.microphone) this.muted = false;
    try {
      await this.attendance.send(media);
    } catch (error) {
      if (error instanceof StudioError && error.code === 'not_found') await this.rejoin();
      else throw error;
    }
  }

  /**
   * Tells presence, which has forgotten this connection or takes it for away, that it is there.
   * @throws StudioError
   */
  async rejoin(): Promise<void> {
    const { source } = this;
    this.take(await this.attendance.enterAgain());
    // Its client must learn its number, which somebody else has taken.
    if (this.source !== source) this.host.close('unavailable');
  }

  /** The others see the person as away as long as nothing is heard of this connection. Never rejects. */
  away(): Promise<void> {
    return this.attendance.away();
  }

  private take(answer: RpcResponse<'room.join'>): RpcResponse<'room.join'> {
    this.roleChanged ||= this.welcomed && this.role !== answer.role;
    this.role = answer.role;
    return answer;
  }

  /** The connection has ended: nothing more is sent to it. */
  stop(): void {
    this.over = true;
    this.stopEvents();
    this.hub?.remove(this);
  }

  private obey(decision: Decision | undefined): void {
    switch (decision?.type) {
      case 'close':
        this.host.close(decision.close);
        break;
      case 'role':
        this.roleChanged = true;
        this.role = decision.role;
        this.host.enqueue(() => this.narrow(allowedMedia(this.role, this.attendance.sending)));
        if (!may(this.role, 'floor.request')) this.host.enqueue(() => this.lowerHand());
        break;
      case 'mute':
        this.muted = true;
        // What the client has said before it knew must not switch it on again.
        this.host.enqueue(() => {
          this.muted = true;
          return this.narrow({ ...this.attendance.sending, microphone: false });
        });
        break;
      case undefined:
    }
  }

  /** The others see that less is sent. Never rejects. */
  private async narrow(media: MediaState): Promise<void> {
    const { microphone, camera, screen } = this.attendance.sending;
    if (this.over) return;
    if (media.microphone === microphone && media.camera === camera && media.screen === screen) return;
    try {
      await this.setMedia(media);
    } catch (error) {
      const { roomId } = this.person;
      this.services.logger.warn(
        { err: error, roomId },
        'the room could not be told what is not sent any more',
      );
    }
  }

  /** Never rejects. */
  private async lowerHand(): Promise<void> {
    const { live, logger } = this.services;
    const { roomId, userId, name } = this.person;
    const by = { id: userId, name, kind: 'person' } as const;
    try {
      await live.tell(roomId, { type: 'floor', by, source: this.source, floor: { action: 'lower' } });
    } catch (error) {
      logger.warn({ err: error, roomId }, 'a raised hand could not be lowered');
    }
  }

  private ended(): boolean {
    return this.over;
  }

  /** Leaves the room; it has been {@link stop}ped, and nothing of it is under way any more. Never rejects. */
  async leave(reason: 'left' | 'lost'): Promise<void> {
    if (this.hub) {
      this.hub.remove(this);
      this.services.hubs.release(this.person.roomId, this.hub);
    }
    await this.attendance.leave(reason);
  }
}
