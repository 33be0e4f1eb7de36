import { DEFAULT_LIVE_SETTINGS, LiveSettings } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import type { SettingsDraft } from './settings-draft.ts';
import { changedFields, draftOf, fieldAt, settingsOf } from './settings-draft.ts';

const DEFAULTS = draftOf(DEFAULT_LIVE_SETTINGS);
const EVERYTHING: LiveSettings = LiveSettings.parse({
  model: 'gemini-3.1-flash-live-preview',
  voice: 'Kore',
  language: 'de-DE',
  instruction: 'Be brief.',
  temperature: 0.7,
  modality: 'TEXT',
  transcription: { input: false, output: false },
  voiceActivity: {
    startSensitivity: 'high',
    endSensitivity: 'low',
    prefixPaddingMs: 20,
    silenceMs: 500,
    handling: 'no-interruption',
    turnCoverage: 'all-input',
  },
  proactiveAudio: true,
  affectiveDialog: false,
  grounding: true,
  thinking: { budget: 0, level: 'high' },
  mediaResolution: 'low',
  compression: null,
  tools: ['who_is_here'],
  floor: 'mix',
  addressing: 'observer',
  budgetUsd: 2.5,
});
const problemsOf = (change: Partial<SettingsDraft>) => settingsOf({ ...DEFAULTS, ...change }).problems;

describe('settings that are edited', () => {
  it.each([
    ['the defaults', DEFAULT_LIVE_SETTINGS],
    ['every option', EVERYTHING],
  ])('come out as they went in: %s', (_, settings) => {
    expect(settingsOf(draftOf(settings))).toEqual({ settings, problems: new Map() });
  });

  it('take a comma for a point, and nothing for what is left to the model', () => {
    const { settings } = settingsOf({ ...DEFAULTS, temperature: ' 0,5 ', budgetUsd: '' });
    expect(settings).toMatchObject({ temperature: 0.5, budgetUsd: null });
  });

  it.each([
    ['temperature', 'warm'],
    ['temperature', '2.1'],
    ['silenceMs', ''],
    ['silenceMs', '199'],
    ['prefixPaddingMs', '1.5'],
    ['thinkingBudget', '-2'],
    ['budgetUsd', '0'],
    ['triggerTokens', '128001'],
    ['language', 'German'],
    ['instruction', 'x'.repeat(20_001)],
  ] as const)('say which field is wrong: %s', (field, value) => {
    expect([...problemsOf({ [field]: value }).keys()]).toEqual([field]);
  });

  it('want a conversation shortened to less than what triggers it', () => {
    expect([...problemsOf({ triggerTokens: '20000', targetTokens: '20000' }).keys()]).toEqual([
      'targetTokens',
    ]);
  });

  it('know which fields were changed', () => {
    expect(changedFields(DEFAULTS, { ...DEFAULTS, voice: 'Kore', grounding: true })).toEqual([
      'voice',
      'grounding',
    ]);
    expect(changedFields({ ...DEFAULTS, tools: ['a', 'b'] }, { ...DEFAULTS, tools: ['b', 'a'] })).toEqual([]);
  });

  it('know the field that a path of the settings means', () => {
    expect(fieldAt('voiceActivity.silenceMs')).toBe('silenceMs');
    expect(fieldAt('nothing')).toBeUndefined();
  });
});
