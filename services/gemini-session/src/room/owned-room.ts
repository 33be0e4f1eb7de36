import { newId } from '@studio/contracts';
import type { LiveCommand, LiveStatus, RoomId } from '@studio/contracts';
import { RpcClient } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import type { Logger } from '@studio/platform';
import type { Lease, Leases, Presence, PresentConnection } from '@studio/presence';
import { every, untilSo } from '../clock.ts';
import { Grants } from '../floor/grants.ts';
import { CONTEXT_EVENTS } from '../live/conversation-context.ts';
import type { Handle } from '../live/handle-trust.ts';
import { LiveSession } from '../live/live-session.ts';
import type { GeminiMetrics } from '../metrics.ts';
import { VoicePublisher } from '../output/voice-publisher.ts';
import type { OwnedRoom } from '../ownership/room-owner.ts';
import { NoteKeeper, recallNote } from '../ownership/session-note.ts';
import { callLimits } from '../tools/call-limits.ts';
import { RoomTools } from '../tools/room-tools.ts';
import { toolContext } from '../tools/tool-context.ts';
import { LineAppender } from '../transcript/line-appender.ts';
import { RoomUsage } from '../usage/room-usage.ts';
import { ConversationFeed } from './conversation-feed.ts';
import { endAll } from './end-all.ts';
import { LiveSettingsSource } from './live-settings-source.ts';
import { GEMINI, People } from './people.ts';
import { Refresh } from './refresh.ts';
import { RoomConnections } from './room-connections.ts';
import type { RoomConnectionsOptions } from './room-connections.ts';
import { RoomConversation } from './room-conversation.ts';
import { RoomInbox } from './room-inbox.ts';
import { RoomSignals } from './room-signals.ts';

export interface OwnedRoomOptions extends RoomConnectionsOptions {
  bus: MessageBus;
  presence: Presence;
  leases: Leases;
  metrics: GeminiMetrics;
  logger: Logger;
}

const TICK_MS = 100;
const SETTINGS_RETRY_MS = 1_000;
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

/** Joins the parts of one room's session to the bus. */
class ServedRoom implements OwnedRoom {
  private readonly options: OwnedRoomOptions;
  private readonly roomId: RoomId;
  private readonly lease: Lease;
  private readonly logger: Logger;
  private readonly rpc: RpcClient;
  private readonly people = new People();
  private readonly signals: RoomSignals;
  private readonly voice: VoicePublisher;
  private readonly lines: LineAppender;
  private readonly tools: RoomTools;
  private readonly usage: RoomUsage;
  private readonly conversation: RoomConversation;
  private readonly connections: RoomConnections;
  private readonly session: LiveSession;
  private readonly notes: NoteKeeper;
  private readonly feed: ConversationFeed;
  private readonly inbox: RoomInbox;
  private readonly settings: LiveSettingsSource;
  private cancelTick: () => void = () => undefined;
  private cancelFloorTick: () => void = () => undefined;
  /** Who is in the room. */
  private readonly presence = new Refresh(() => this.readPresence());

  constructor(options: OwnedRoomOptions, roomId: RoomId, lease: Lease) {
    this.options = options;
    this.roomId = roomId;
    this.lease = lease;
    this.logger = options.logger.child({ roomId });
    const { bus, leases } = options;
    this.rpc = new RpcClient(bus);
    this.signals = new RoomSignals(bus, roomId);
    this.voice = new VoicePublisher(bus, roomId);
    this.lines = new LineAppender({
      ...{ rpc: this.rpc, roomId, ownerToken: lease.token, logger: this.logger },
      onConflict: () => this.logger.warn('another process writes for this room'),
    });
    this.tools = this.createTools();
    this.usage = this.createUsage();
    this.conversation = new RoomConversation({
      grants: new Grants(lease.token),
      people: this.people,
      voice: this.voice,
      signals: this.signals,
      lines: this.lines,
      session: () => this.session,
      usage: () => this.usage.current,
      tools: this.tools,
      now: () => options.clock.now(),
    });
    this.settings = new LiveSettingsSource({
      read: () => this.rpc.call('room.live', { roomId }),
      onChange: (settings, before) => {
        this.conversation.apply(settings);
        this.usage.check();
        if (!this.connections.same(before, settings)) this.session.renew();
      },
      onError: (error) => this.logger.warn({ err: error }, 'the settings of the room cannot be read now'),
      retryMs: SETTINGS_RETRY_MS,
    });
    this.connections = new RoomConnections(options, this.tools, () => this.settings.current);
    this.session = this.createSession();
    this.notes = new NoteKeeper({ leases, lease, logger: this.logger });
    this.feed = new ConversationFeed(this.rpc, roomId, this.logger);
    this.inbox = this.createInbox();
  }

  async open(connections: readonly PresentConnection[]): Promise<void> {
    const { roomId } = this;
    this.update(connections);
    await this.inbox.followEvents();
    const [{ events, head }, note] = await Promise.all([
      this.rpc.call('room.events', { roomId, limit: CONTEXT_EVENTS }),
      recallNote(this.options.leases, this.lease),
    ]);
    // After the head is known: a change that comes later is among the events that follow.
    await this.settings.open();
    await this.usage.open();
    this.conversation.apply(this.settings.current);
    this.conversation.begin(events, note?.known);
    this.tools.remember(events, Date.now());
    this.feed.follow(head, (event) => {
      this.settings.notice(event);
      this.conversation.read(event);
    });
    await this.inbox.followPeople();
    this.cancelTick = every(this.options.clock, TICK_MS, () => this.conversation.tick());
    this.tickFloor();
    this.session.start(note);
  }

  update(connections: readonly PresentConnection[]): void {
    const { silent, gone } = this.people.update(connections);
    for (const source of silent) this.conversation.listening.remove(source);
    for (const id of gone) this.conversation.listening.leave(id);
  }

  async close(): Promise<void> {
    const calm = () => !this.conversation.owesAnswer();
    await untilSo(this.options.clock, calm, { lookMs: TICK_MS, mostMs: REST_MS });
    await endAll([
      () => this.stopListening(),
      () => this.session.stop(),
      () => this.conversation.close(),
      () => this.tools.close(),
      () => this.usage.close(),
      () => this.lines.drain(DRAIN_MS),
      () => this.notes.close(),
      () => this.signals.close(),
    ]);
  }

  async abandon(): Promise<void> {
    this.lines.abandon();
    this.usage.abandon();
    this.signals.close();
    this.voice.close();
    const stopped = this.session.stop();
    await endAll([
      () => this.stopListening(),
      () => stopped,
      () => this.notes.close(),
      () => this.tools.close(),
    ]);
  }

  private createInbox(): RoomInbox {
    const { listening } = this.conversation;
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

  private createTools(): RoomTools {
    const { roomId, rpc, people, signals, lines, logger } = this;
    const { config, clock, metrics } = this.options;
    const speakers = () => this.conversation.status().floor.speakers;
    return new RoomTools({
      ...{ signals, lines, logger },
      room: toolContext({ roomId, rpc, people, speakers }),
      limits: callLimits(config),
      answer: (responses) => this.session.connection?.sendToolResponses(responses),
      ended: (outcome) => metrics.toolCalled(outcome),
      now: () => clock.now(),
    });
  }

  private createUsage(): RoomUsage {
    const { roomId, rpc, lines, logger } = this;
    const { config, clock, metrics } = this.options;
    const ownerToken = this.lease.token;
    return new RoomUsage({
      ...{ lines, clock, logger, prices: config.GEMINI_PRICES },
      read: () => rpc.call('room.usage', { roomId }),
      write: async (usage) => {
        await rpc.call('room.setUsage', { roomId, usage, ownerToken });
      },
      budgetUsd: () => this.settings.current.budgetUsd,
      onHold: () => this.session.reconsider(),
      added: (bill) => metrics.used(bill),
    });
  }

  private createSession(): LiveSession {
    const { config, clock } = this.options;
    return new LiveSession({
      connect: (to, listener, signal) => {
        this.usage.connecting(to.model);
        return this.connections.open(to, listener, signal);
      },
      model: () => this.connections.model,
      context: (resumed) => this.conversation.context(resumed),
      onHandle: (handle) => this.keepHandle(handle),
      onReady: (connection) => this.conversation.onReady(connection),
      onEvent: (event) => {
        this.usage.onServerEvent(event);
        this.conversation.onServerEvent(event);
      },
      onLost: (blamed) => {
        this.usage.onLost();
        this.tools.onLost();
        this.conversation.onLost(blamed);
      },
      onLink: (link, reason) => this.conversation.onLink(link, reason),
      onNewMemory: (text) =>
        this.lines.append({ key: `notice:${newId()}`, actor: GEMINI, body: { type: 'gemini.notice', text } }),
      hold: () => this.usage.hold,
      settled: () => this.conversation.settled() && !this.tools.busy,
      rotateAfterMs: config.LIVE_ROTATE_MS,
      refusedRetryMs: config.LIVE_REFUSED_RETRY_MS,
      clock,
      logger: this.logger,
    });
  }

  private keepHandle(handle: Handle): void {
    this.notes.keep({ ...handle, at: Date.now(), known: this.conversation.known() });
  }

  private async readPresence(): Promise<void> {
    try {
      this.update(await this.options.presence.list(this.roomId));
    } catch (error) {
      this.logger.warn({ err: error }, 'who is in the room cannot be asked now');
    }
  }

  private tickFloor(): void {
    this.conversation.listening.tick();
    this.cancelFloorTick = this.options.clock.after(this.conversation.listening.tickMs, () =>
      this.tickFloor(),
    );
  }

  private obey(command: LiveCommand): LiveStatus {
    this.conversation.obey(command);
    if (command.type === 'interrupt') this.tools.stop();
    return this.conversation.status();
  }

  private async stopListening(): Promise<void> {
    this.cancelTick();
    this.cancelFloorTick();
    this.feed.close();
    this.settings.close();
    await this.inbox.close();
  }
}
