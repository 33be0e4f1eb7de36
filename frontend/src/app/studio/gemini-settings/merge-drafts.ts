import type { SettingsDraft, SettingsField } from './settings-draft.ts';
import { SETTINGS_FIELDS, sameValue } from './settings-draft.ts';

export interface MergedDrafts {
  /** Own changes on top of those of the others. */
  readonly draft: SettingsDraft;
  /** What both have changed, differently: here the draft keeps what is one's own. */
  readonly conflicts: readonly SettingsField[];
  /** What only the others have changed. */
  readonly taken: readonly SettingsField[];
}

/** Brings together what somebody has typed and what somebody else has saved meanwhile; both began with `base`. */
export function mergeDrafts(base: SettingsDraft, mine: SettingsDraft, theirs: SettingsDraft): MergedDrafts {
  const conflicts: SettingsField[] = [];
  const taken: SettingsField[] = [];
  let draft = mine;
  for (const field of SETTINGS_FIELDS) {
    const theyChanged = !sameValue(base[field], theirs[field]);
    if (!theyChanged || sameValue(mine[field], theirs[field])) continue;
    if (sameValue(base[field], mine[field])) {
      taken.push(field);
      draft = { ...draft, [field]: theirs[field] };
    } else conflicts.push(field);
  }
  return { draft, conflicts, taken };
}
