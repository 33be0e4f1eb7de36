import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from '@studio/platform';
import { RpcClient } from '@studio/bus';
import { Announcements } from './conversation/announcements.ts';
import { ConversationController } from './conversation/conversation.controller.ts';
import { Conversation } from './conversation/conversation.ts';
import { OwnerFence } from './conversation/owner-fence.ts';
import { LiveController } from './live/live.controller.ts';
import { RoomLiveSettings } from './live/live-settings.ts';
import { RoomLiveUsage } from './live/live-usage.ts';
import { MembershipController } from './membership/membership.controller.ts';
import { Membership } from './membership/membership.ts';
import { PeopleSignals } from './membership/people-signals.ts';
import { PresenceSweep } from './membership/presence-sweep.ts';
import { BUS, CONFIG, EVENT_LOG, LEASES, LOGGER, OBJECT_STORE, PRESENCE } from './ports.ts';
import type { RoomPorts } from './ports.ts';
import type { RoomConfig } from './room-config.ts';
import { RoomDirectory } from './rooms/room-directory.ts';
import { RoomsController } from './rooms/rooms.controller.ts';

@Module({})
export class RoomModule {
  static on(ports: RoomPorts, config: RoomConfig, logger: Logger): DynamicModule {
    return {
      module: RoomModule,
      controllers: [RoomsController, MembershipController, ConversationController, LiveController],
      providers: [
        { provide: BUS, useValue: ports.bus },
        { provide: PRESENCE, useValue: ports.presence },
        { provide: LEASES, useValue: ports.leases },
        { provide: EVENT_LOG, useValue: ports.eventLog },
        { provide: OBJECT_STORE, useValue: ports.objectStore },
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: RpcClient, useValue: new RpcClient(ports.bus) },
        RoomDirectory,
        Conversation,
        OwnerFence,
        Announcements,
        PeopleSignals,
        Membership,
        PresenceSweep,
        RoomLiveSettings,
        RoomLiveUsage,
      ],
    };
  }
}
