import type { LiveSettings, LiveStudio } from '@studio/contracts';
import { DEFAULT_LIVE_SETTINGS, ThinkingLevel, liveSettingsProblems } from '@studio/contracts';
import type { SettingsField } from './settings-draft.ts';
import { PATHS } from './settings-draft.ts';

const { thinking } = DEFAULT_LIVE_SETTINGS;

/** What each option is worth asking for: a model that refuses all of it does not take the option. */
const WORTH: readonly (readonly [SettingsField, readonly Partial<LiveSettings>[]])[] = [
  ['language', [{ language: 'en-US' }]],
  ['modality', [{ modality: 'TEXT' }]],
  ['proactiveAudio', [{ proactiveAudio: true }]],
  ['affectiveDialog', [{ affectiveDialog: true }]],
  ['thinkingBudget', [{ thinking: { ...thinking, budget: 0 } }]],
  ['thinkingLevel', ThinkingLevel.options.map((level) => ({ thinking: { ...thinking, level } }))],
];

/** Which options a model does not take at all, with the reason for people. @param model null: that of the studio */
export function optionLimits(model: string | null, studio: LiveStudio): ReadonlyMap<SettingsField, string> {
  const limits = new Map<SettingsField, string>();
  for (const [field, wishes] of WORTH) {
    const refusals = wishes.flatMap((wish) => {
      const settings = { ...DEFAULT_LIVE_SETTINGS, model, ...wish };
      return liveSettingsProblems(settings, studio)
        .filter(({ path }) => path === PATHS[field])
        .slice(0, 1);
    });
    const reason = refusals[0]?.message;
    if (refusals.length === wishes.length && reason !== undefined) limits.set(field, reason);
  }
  return limits;
}
