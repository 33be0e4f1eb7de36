import { newId } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import { RpcClient } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import type { Logger } from '@studio/platform';
import type { Lease, Leases } from '@studio/presence';
import { Grants } from '../floor/grants.ts';
import type { Handle } from '../live/handle-trust.ts';
import { LiveSession } from '../live/live-session.ts';
import type { GeminiMetrics } from '../metrics.ts';
import { VoicePublisher } from '../output/voice-publisher.ts';
import { NoteKeeper } from '../ownership/session-note.ts';
import { callLimits } from '../tools/call-limits.ts';
import { RoomTools } from '../tools/room-tools.ts';
import { toolContext } from '../tools/tool-context.ts';
import { LineAppender } from '../transcript/line-appender.ts';
import { RoomUsage } from '../usage/room-usage.ts';
import { LiveSettingsSource } from './live-settings-source.ts';
import { GEMINI, People } from './people.ts';
import { RoomConnections } from './room-connections.ts';
import type { RoomConnectionsOptions } from './room-connections.ts';
import { RoomConversation } from './room-conversation.ts';
import { RoomSignals } from './room-signals.ts';

export interface RoomPartsOptions extends RoomConnectionsOptions {
  bus: MessageBus;
  leases: Leases;
  metrics: GeminiMetrics;
  logger: Logger;
}

const SETTINGS_RETRY_MS = 1_000;

/** What the Live session of one room is made of, with each part joined to those that it needs. */
export class RoomParts {
  readonly logger: Logger;
  readonly rpc: RpcClient;
  readonly people = new People();
  readonly signals: RoomSignals;
  readonly voice: VoicePublisher;
  readonly lines: LineAppender;
  readonly tools: RoomTools;
  readonly usage: RoomUsage;
  readonly conversation: RoomConversation;
  readonly session: LiveSession;
  readonly notes: NoteKeeper;
  readonly settings: LiveSettingsSource;
  private readonly connections: RoomConnections;
  private readonly options: RoomPartsOptions;
  private readonly roomId: RoomId;
  private readonly lease: Lease;

  constructor(options: RoomPartsOptions, roomId: RoomId, lease: Lease) {
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
    this.settings = this.createSettings();
    this.connections = new RoomConnections(options, this.tools, () => this.settings.current);
    this.session = this.createSession();
    this.notes = new NoteKeeper({ leases, lease, logger: this.logger });
  }

  private createSettings(): LiveSettingsSource {
    const { roomId } = this;
    return new LiveSettingsSource({
      read: () => this.rpc.call('room.live', { roomId }),
      onChange: (settings, before) => {
        this.conversation.apply(settings);
        this.usage.check();
        if (!this.connections.same(before, settings)) this.session.renew();
      },
      onError: (error) => this.logger.warn({ err: error }, 'the settings of the room cannot be read now'),
      retryMs: SETTINGS_RETRY_MS,
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
}
