import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { createRpcService } from '@studio/bus';
import type { MessageBus } from '@studio/bus';
import { ScriptedModerationController } from './scripted-moderation.fixture.ts';
import { ScriptedRoom, ScriptedRoomController } from './scripted-room.fixture.ts';

@Module({})
class ScriptedRoomModule {
  static of(room: ScriptedRoom): DynamicModule {
    return {
      module: ScriptedRoomModule,
      controllers: [ScriptedRoomController, ScriptedModerationController],
      providers: [{ provide: ScriptedRoom, useValue: room }],
    };
  }
}

/** Serves the room over the bus, as the room service and the gemini-session service do. */
export async function serveScriptedRoom(
  bus: MessageBus,
): Promise<{ room: ScriptedRoom; close(): Promise<void> }> {
  const room = new ScriptedRoom(bus);
  const service = await createRpcService(ScriptedRoomModule.of(room), {
    bus,
    queue: 'room',
    // The caller is told `internal`, and that is what specs look at.
    onError: () => undefined,
  });
  await service.listen();
  return { room, close: () => service.close() };
}
