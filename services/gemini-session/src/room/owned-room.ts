import type { LiveCommand, LiveStatus, RoomId } from '@studio/contracts';
import type { Lease, Presence, PresentConnection } from '@studio/presence';
import { every, untilSo } from '../clock.ts';
import { CONTEXT_EVENTS } from '../live/conversation-context.ts';
import type { OwnedRoom } from '../ownership/room-owner.ts';
import { recallNote } from '../ownership/session-note.ts';
import { ConversationFeed } from './conversation-feed.ts';
import { endAll } from './end-all.ts';
import { Refresh } from './refresh.ts';
import { RoomInbox } from './room-inbox.ts';
import { RoomParts } from './room-parts.ts';
import type { RoomPartsOptions } from './room-parts.ts';

export interface OwnedRoomOptions extends RoomPartsOptions {
  presence: Presence;
}

const TICK_MS = 100;
/** An answer that is under way when the room is given back may be finished until then. */
const REST_MS = 5_000;
/** What was said when the room is given back must be written by then. */
const DRAIN_MS = 3_000;

/** Serves a room whose lease this process has. @throws StudioError when its conversation cannot be read now */
export async function openOwnedRoom(
  options: OwnedRoomOptions,
  roomId: RoomId,
  lease: Lease,
  connections: readonly PresentConnection[],
): Promise<OwnedRoom> {
  const room = new ServedRoom(options, roomId, lease);
  try {
    await room.open(connections);
    return room;
  } catch (error) {
    await room.abandon();
    throw error;
  }
}

/** The parts of one room's session, from the first person to the last: they hear the bus until they are closed. */
class ServedRoom implements OwnedRoom {
  private readonly options: OwnedRoomOptions;
  private readonly roomId: RoomId;
  private readonly lease: Lease;
  private readonly parts: RoomParts;
  private readonly feed: ConversationFeed;
  private readonly inbox: RoomInbox;
  private cancelTick: () => void = () => undefined;
  private cancelFloorTick: () => void = () => undefined;
  /** Who is in the room. */
  private readonly presence = new Refresh(() => this.readPresence());

  constructor(options: OwnedRoomOptions, roomId: RoomId, lease: Lease) {
    this.options = options;
    this.roomId = roomId;
    this.lease = lease;
    this.parts = new RoomParts(options, roomId, lease);
    this.feed = new ConversationFeed(this.parts.rpc, roomId, this.parts.logger);
    this.inbox = this.createInbox();
  }

  async open(connections: readonly PresentConnection[]): Promise<void> {
    const { roomId } = this;
    const { rpc, settings, usage, conversation, tools, session } = this.parts;
    this.update(connections);
    await this.inbox.followEvents();
    const [{ events, head }, note] = await Promise.all([
      rpc.call('room.events', { roomId, limit: CONTEXT_EVENTS }),
      recallNote(this.options.leases, this.lease),
    ]);
    // After the head is known: a change that comes later is among the events that follow.
    await settings.open();
    await usage.open();
    conversation.apply(settings.current);
    conversation.begin(events, note?.known);
    tools.remember(events, Date.now());
    this.feed.follow(head, (event) => {
      settings.notice(event);
      conversation.read(event);
    });
    await this.inbox.followPeople();
    this.cancelTick = every(this.options.clock, TICK_MS, () => conversation.tick());
    this.tickFloor();
    session.start(note);
  }

  update(connections: readonly PresentConnection[]): void {
    const { people, conversation } = this.parts;
    const { silent, gone } = people.update(connections);
    for (const source of silent) conversation.listening.remove(source);
    for (const id of gone) conversation.listening.leave(id);
  }

  async close(): Promise<void> {
    const { session, conversation, tools, usage, lines, notes, signals } = this.parts;
    const calm = () => !conversation.owesAnswer();
    await untilSo(this.options.clock, calm, { lookMs: TICK_MS, mostMs: REST_MS });
    await endAll([
      () => this.stopListening(),
      () => session.stop(),
      () => conversation.close(),
      () => tools.close(),
      () => usage.close(),
      () => lines.drain(DRAIN_MS),
      () => notes.close(),
      () => signals.close(),
    ]);
  }

  async abandon(): Promise<void> {
    const { session, tools, usage, lines, notes, signals, voice } = this.parts;
    lines.abandon();
    usage.abandon();
    signals.close();
    voice.close();
    const stopped = session.stop();
    await endAll([() => this.stopListening(), () => stopped, () => notes.close(), () => tools.close()]);
  }

  private createInbox(): RoomInbox {
    const { listening } = this.parts.conversation;
    return new RoomInbox(this.options.bus, this.roomId, {
      event: (event) => this.feed.push(event),
      sound: (source, pcm, last) => {
        if (!listening.hear(source, pcm, last)) this.presence.ask();
      },
      picture: (kind, source, jpeg) => listening.see(kind, source, jpeg),
      people: () => this.presence.ask(),
      command: (command) => this.obey(command),
    });
  }

  private async readPresence(): Promise<void> {
    try {
      this.update(await this.options.presence.list(this.roomId));
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'who is in the room cannot be asked now');
    }
  }

  private tickFloor(): void {
    const { listening } = this.parts.conversation;
    listening.tick();
    this.cancelFloorTick = this.options.clock.after(listening.tickMs, () => this.tickFloor());
  }

  private obey(command: LiveCommand): LiveStatus {
    const { conversation, tools } = this.parts;
    conversation.obey(command);
    if (command.type === 'interrupt') tools.stop();
    return conversation.status();
  }

  private async stopListening(): Promise<void> {
    this.cancelTick();
    this.cancelFloorTick();
    this.feed.close();
    this.parts.settings.close();
    await this.inbox.close();
  }
}
