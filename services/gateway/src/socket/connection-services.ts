import type { MessageBus } from '@studio/bus';
import { RpcClient } from '@studio/bus';
import type { Logger } from '@studio/platform';
import { Tickets } from '../identity/tickets.ts';
import { LiveInfoSource } from '../room/live-info.ts';
import { LiveSession } from '../room/live-session.ts';
import { RoomHubs } from '../room/room-hubs.ts';
import { ConnectionRegistry } from './connection-registry.ts';
import { GatewayStats } from './gateway-stats.ts';
import { RoomRequests } from './room-requests.ts';
import type { Timing } from './timing.ts';

/** What every connection of a gateway works with. */
export interface ConnectionServices {
  readonly bus: MessageBus;
  readonly rpc: RpcClient;
  readonly tickets: Tickets;
  readonly hubs: RoomHubs;
  readonly live: LiveSession;
  readonly liveInfo: LiveInfoSource;
  readonly requests: RoomRequests;
  readonly registry: ConnectionRegistry;
  readonly stats: GatewayStats;
  readonly timing: Timing;
  readonly logger: Logger;
}
