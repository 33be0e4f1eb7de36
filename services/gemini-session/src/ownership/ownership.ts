import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { RoomId, SUBJECT } from '@studio/contracts';
import { decodeJson } from '@studio/bus';
import type { Subscription } from '@studio/bus';
import type { Logger } from '@studio/platform';
import { MACHINE_CLOCK } from '../clock.ts';
import { liveBackend } from '../gemini-session-config.ts';
import type { GeminiSessionConfig } from '../gemini-session-config.ts';
import { liveInfo } from '../live-info.ts';
import { createGenAiClient } from '../live/genai-client.ts';
import type { GeminiMetrics } from '../metrics.ts';
import { CONFIG, LOGGER, METRICS, PORTS, TOOLS } from '../ports.ts';
import type { GeminiSessionPorts } from '../ports.ts';
import { openOwnedRoom } from '../room/owned-room.ts';
import type { ToolRegistry } from '../tools/tool-registry.ts';
import { RoomOwner } from './room-owner.ts';

/** The queue in which one of all processes takes a wake-up. */
const QUEUE = 'gemini-session';

/** Holds Live sessions from the start of the service to its end. */
@Injectable()
export class Ownership implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly owner: RoomOwner;
  private wake: Subscription | undefined;

  constructor(
    @Inject(PORTS) private readonly ports: GeminiSessionPorts,
    @Inject(CONFIG) config: GeminiSessionConfig,
    @Inject(TOOLS) tools: ToolRegistry,
    @Inject(METRICS) metrics: GeminiMetrics,
    @Inject(LOGGER) logger: Logger,
  ) {
    const { bus, presence, leases, clock } = ports;
    const client = createGenAiClient(liveBackend(config));
    const room = {
      ...{ bus, presence, leases, client, config, tools, metrics, logger },
      studio: liveInfo(config, tools.list),
      clock: clock ?? MACHINE_CLOCK,
    };
    this.owner = new RoomOwner({
      ...{ presence, leases, logger },
      emptyRoomMs: config.EMPTY_ROOM_MS,
      hears: () => bus.connected(),
      open: (roomId, lease, connections) => openOwnedRoom(room, roomId, lease, connections),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    this.wake = await this.ports.bus.subscribe(
      SUBJECT.wake,
      ({ data }) => this.owner.lookAt(RoomId.parse(decodeJson(data))),
      { queue: QUEUE },
    );
    this.owner.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.wake?.close();
    await this.owner.close();
  }
}
