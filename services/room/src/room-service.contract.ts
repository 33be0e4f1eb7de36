import { beforeAll, describe } from 'vitest';
import { describeConversation } from './conversation/conversation.contract.ts';
import { describeRoomLive } from './live/live.contract.ts';
import { describeEntrance } from './membership/entrance.contract.ts';
import { describeMembership } from './membership/membership.contract.ts';
import { describeModeration } from './membership/moderation.contract.ts';
import { describePersonalLists } from './membership/personal-lists.contract.ts';
import type { RoomPorts } from './ports.ts';
import { describeDeletion } from './rooms/deletion.contract.ts';
import { describeRoomSettings } from './rooms/room-settings.contract.ts';
import { describeRooms } from './rooms/rooms.contract.ts';
import { describeSearch } from './search/search.contract.ts';
import { RoomReplicas } from './testing/room-replicas.fixture.ts';

/** What the room service promises, with two of it at once on the same engines. */
export function describeRoomService(
  engines: string,
  open: () => Promise<{
    replicas: [RoomPorts, RoomPorts];
    /** Names of all files and keys that there are. */
    everything(): Promise<string[]>;
    close(): Promise<void>;
  }>,
): void {
  describe(`two room services on ${engines}`, () => {
    let rooms: RoomReplicas;
    let everything: () => Promise<string[]>;

    beforeAll(async () => {
      const ports = await open();
      everything = () => ports.everything();
      rooms = await RoomReplicas.start(ports.replicas, {
        ...{ PARTICIPANTS_PER_ROOM: 12, KNOCK_MS: 600, DELETION_SWEEP_MS: 1_000 },
      });
      return async () => {
        await rooms.close();
        await ports.close();
      };
    });

    describeRoomLive(() => rooms);
    describeRooms(() => rooms);
    describeRoomSettings(() => rooms);
    describePersonalLists(() => rooms);
    describeEntrance(() => rooms);
    describeMembership(() => rooms);
    describeModeration(() => rooms);
    describeConversation(() => rooms);
    describeSearch(() => rooms);
    describeDeletion(
      () => rooms,
      () => everything(),
    );
  });
}
