import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from '@studio/platform';
import { RpcClient } from '@studio/bus';
import { ArchiveUpkeep } from './archive/archive-upkeep.ts';
import { Archiver } from './archive/archiver.ts';
import { ConversationEraser } from './archive/conversation-eraser.ts';
import { History } from './archive/history.ts';
import { RoomLock } from './archive/room-lock.ts';
import { Segments } from './archive/segments.ts';
import { Announcements } from './conversation/announcements.ts';
import { ConversationController } from './conversation/conversation.controller.ts';
import { Conversation } from './conversation/conversation.ts';
import { Decisions } from './conversation/decisions.ts';
import { OwnerFence } from './conversation/owner-fence.ts';
import { KnownObjects } from './known-objects.ts';
import { LiveController } from './live/live.controller.ts';
import { RoomLiveSettings } from './live/live-settings.ts';
import { RoomLiveUsage } from './live/live-usage.ts';
import { Comings } from './membership/comings.ts';
import { ConnectionRoles } from './membership/connection-roles.ts';
import { Entrance } from './membership/entrance.ts';
import { HandOver } from './membership/hand-over.ts';
import { Lobby } from './membership/lobby.ts';
import { MemberPlaces } from './membership/member-places.ts';
import { Members } from './membership/members.ts';
import { MembershipController } from './membership/membership.controller.ts';
import { Membership } from './membership/membership.ts';
import { ModerationController } from './membership/moderation.controller.ts';
import { Moderation } from './membership/moderation.ts';
import { PasscodeGate } from './membership/passcode-gate.ts';
import { PeopleSignals } from './membership/people-signals.ts';
import { PersonalLists } from './membership/personal-lists.ts';
import { PersonalRooms } from './membership/personal-rooms.ts';
import { PresenceSweep } from './membership/presence-sweep.ts';
import { BUS, CLOCK, CONFIG, EVENT_LOG, LEASES, LOGGER, OBJECT_STORE, PRESENCE } from './ports.ts';
import type { Clock, RoomPorts } from './ports.ts';
import type { RoomConfig } from './room-config.ts';
import { RetentionSweep } from './retention/retention-sweep.ts';
import { Retention } from './retention/retention.ts';
import { CreationKeys } from './rooms/creation-keys.ts';
import { DeletionSweep } from './rooms/deletion-sweep.ts';
import { InvitesController } from './rooms/invites.controller.ts';
import { RoomCreation } from './rooms/room-creation.ts';
import { RoomDeletion } from './rooms/room-deletion.ts';
import { RoomDirectory } from './rooms/room-directory.ts';
import { RoomInvites } from './rooms/room-invites.ts';
import { RoomRemains } from './rooms/room-remains.ts';
import { RoomSettings } from './rooms/room-settings.ts';
import { RoomsController } from './rooms/rooms.controller.ts';
import { RoomSearch } from './search/room-search.ts';
import { SearchController } from './search/search.controller.ts';
import { StudioSearch } from './search/studio-search.ts';

@Module({})
export class RoomModule {
  static on(ports: RoomPorts, config: RoomConfig, logger: Logger, clock: Clock): DynamicModule {
    return {
      module: RoomModule,
      controllers: [
        RoomsController,
        InvitesController,
        MembershipController,
        ModerationController,
        ConversationController,
        SearchController,
        LiveController,
      ],
      providers: [
        { provide: BUS, useValue: ports.bus },
        { provide: PRESENCE, useValue: ports.presence },
        { provide: LEASES, useValue: ports.leases },
        { provide: EVENT_LOG, useValue: ports.eventLog },
        { provide: OBJECT_STORE, useValue: new KnownObjects(ports.objectStore) },
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: CLOCK, useValue: clock },
        { provide: RpcClient, useValue: new RpcClient(ports.bus) },
        ...[
          RoomDirectory,
          CreationKeys,
          RoomCreation,
          RoomSettings,
          RoomInvites,
          RoomRemains,
          RoomDeletion,
          DeletionSweep,
        ],
        ...[Segments, History, Archiver, RoomLock, ArchiveUpkeep, ConversationEraser],
        ...[Retention, RetentionSweep, RoomSearch, StudioSearch],
        ...[Conversation, OwnerFence, Announcements, Decisions],
        ...[Members, MemberPlaces, PersonalRooms, PersonalLists, Entrance, PasscodeGate, Lobby],
        ...[PeopleSignals, Comings, Membership, ConnectionRoles, HandOver, Moderation, PresenceSweep],
        RoomLiveSettings,
        RoomLiveUsage,
      ],
    };
  }
}
