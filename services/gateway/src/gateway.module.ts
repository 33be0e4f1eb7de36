import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { ConversationController } from './http/conversation.controller.ts';
import { EntryController } from './http/entry.controller.ts';
import { ExportController } from './http/export.controller.ts';
import { InvitesController } from './http/invites.controller.ts';
import { MembersController } from './http/members.controller.ts';
import { OpenApiController } from './http/openapi.controller.ts';
import { OperationsController } from './http/operations.controller.ts';
import { RoomAccess } from './http/room-access.ts';
import { RoomLiveController } from './http/room-live.controller.ts';
import { RoomsController } from './http/rooms.controller.ts';
import { SearchController } from './http/search.controller.ts';
import { SessionController } from './http/session.controller.ts';
import { SignedIn } from './http/signed-in.ts';
import { StudioController } from './http/studio.controller.ts';
import { KssGateway } from './socket/kss.gateway.ts';

@Module({})
export class GatewayModule {
  /** @param parts what controllers and the WebSocket gateway are given */
  static of(parts: Provider[]): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        StudioController,
        SessionController,
        RoomsController,
        EntryController,
        InvitesController,
        MembersController,
        ConversationController,
        ExportController,
        RoomLiveController,
        SearchController,
        OpenApiController,
        OperationsController,
      ],
      providers: [...parts, SignedIn, RoomAccess, KssGateway],
    };
  }
}
