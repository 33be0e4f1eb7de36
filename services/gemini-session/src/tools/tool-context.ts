import type { RoomId } from '@studio/contracts';
import type { RpcClient } from '@studio/bus';
import type { People } from '../room/people.ts';
import type { ToolContext } from './tool.ts';

export interface ToolContextParts {
  roomId: RoomId;
  rpc: Pick<RpcClient, 'call'>;
  people: Pick<People, 'list'>;
  /** Ids of those who are heard by Gemini now. */
  speakers: () => readonly string[];
}

/** A served room as its tools see it. */
export function toolContext({ roomId, rpc, people, speakers }: ToolContextParts): ToolContext {
  return {
    roomId,
    people() {
      const heard = speakers();
      return people.list().map(({ actor: { id, name }, role, microphone }) => ({
        ...{ name, role, muted: !microphone },
        hasFloor: heard.includes(id),
      }));
    },
    events: (before, limit) =>
      rpc.call('room.events', { roomId, limit, ...(before !== undefined && { before }) }),
    now: () => new Date(),
  };
}
