import { GivenRole, may, outranks } from '@studio/contracts';
import type { Role } from '@studio/contracts';

/** What somebody may decide about another. */
export interface Decisions {
  readonly mute: boolean;
  readonly remove: boolean;
  readonly handOver: boolean;
  /** The roles that may be given; empty when none may. */
  readonly roles: readonly GivenRole[];
}

const NOTHING: Decisions = { mute: false, remove: false, handOver: false, roles: [] };

/** @param role of the person who decides; @param other that of the one about whom */
export function decisions(role: Role | undefined, other: Role): Decisions {
  if (role === undefined || !outranks(role, other)) return NOTHING;
  return {
    mute: may(role, 'member.mute') && may(other, 'microphone.send'),
    remove: may(role, 'member.remove'),
    handOver: may(role, 'room.handOver'),
    roles: may(role, 'member.setRole') ? GivenRole.options.filter((given) => outranks(role, given)) : [],
  };
}
