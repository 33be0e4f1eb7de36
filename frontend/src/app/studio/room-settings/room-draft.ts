import { Passcode, RoomSettings } from '@studio/contracts';
import type { Room, RoomChange, Visibility } from '@studio/contracts';

/** The settings of a room while they are edited: numbers as they were typed. A passcode cannot be read, only replaced. */
export interface RoomDraft {
  readonly name: string;
  readonly visibility: Visibility;
  readonly locked: boolean;
  readonly lobby: boolean;
  /** Whether newcomers need one. */
  readonly passcode: boolean;
  /** The one to have from now on; empty: the one that is there stays. */
  readonly newPasscode: string;
  /** Empty: as long as the studio keeps conversations. */
  readonly retentionDays: string;
}

export type RoomField = keyof RoomDraft;

export function draftOf({ name, visibility, locked, lobby, passcode, retentionDays }: Room): RoomDraft {
  return {
    ...{ name, visibility, locked, lobby, passcode, newPasscode: '' },
    retentionDays: retentionDays === null ? '' : String(retentionDays),
  };
}

/** What is wrong with what was typed, by field. */
export function draftProblems(base: RoomDraft, draft: RoomDraft): ReadonlyMap<RoomField, string> {
  const { name, retentionDays } = RoomSettings.shape;
  const problems = new Map<RoomField, string>();
  const judge = (
    field: RoomField,
    result: { success: boolean; error?: { issues: { message: string }[] } },
  ) => {
    if (!result.success) problems.set(field, result.error?.issues[0]?.message ?? '');
  };
  judge('name', name.safeParse(draft.name));
  if (!retentionDays.safeParse(daysOf(draft)).success)
    problems.set('retentionDays', 'A whole number of days from 1 to 3650, or nothing.');
  if (draft.passcode && draft.newPasscode === '' && !base.passcode)
    problems.set('newPasscode', 'Choose a passcode.');
  if (draft.passcode && draft.newPasscode !== '') judge('newPasscode', Passcode.safeParse(draft.newPasscode));
  return problems;
}

/** What has to be asked for to make a room of `base` one of `draft`; nothing of what is the same. */
export function changeOf(base: RoomDraft, draft: RoomDraft): RoomChange {
  const { name, visibility, locked, lobby } = draft;
  return {
    ...(name.trim() !== base.name && { name: name.trim() }),
    ...(visibility !== base.visibility && { visibility }),
    ...(locked !== base.locked && { locked }),
    ...(lobby !== base.lobby && { lobby }),
    ...(!draft.passcode && base.passcode && { passcode: null }),
    ...(draft.passcode && draft.newPasscode !== '' && { passcode: draft.newPasscode }),
    ...(draft.retentionDays.trim() !== base.retentionDays && { retentionDays: daysOf(draft) }),
  };
}

function daysOf({ retentionDays }: RoomDraft): number | null {
  return retentionDays.trim() === '' ? null : Number(retentionDays);
}
