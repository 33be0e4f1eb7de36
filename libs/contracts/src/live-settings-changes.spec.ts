import { expect, it } from 'vitest';
import { EventBody } from './event.ts';
import { describeChanges } from './live-settings-changes.ts';
import type { LiveSettings } from './live-settings.ts';
import { DEFAULT_LIVE_SETTINGS } from './live-settings.ts';

const changes = (after: Partial<LiveSettings>, before: Partial<LiveSettings> = {}) =>
  describeChanges({ ...DEFAULT_LIVE_SETTINGS, ...before }, { ...DEFAULT_LIVE_SETTINGS, ...after });
const { voiceActivity } = DEFAULT_LIVE_SETTINGS;

/** A change of each option alone. */
const EVERY_OPTION: Record<string, [Partial<LiveSettings>, string]> = {
  model: [
    { model: 'gemini-3.1-flash-live-preview' },
    'Model: Gemini 3.1 Flash Live (preview) (was that of the studio)',
  ],
  voice: [{ voice: 'Kore' }, 'Voice: Kore (was that of the studio)'],
  language: [{ language: 'de-DE' }, 'Language: de-DE (was what is spoken)'],
  instruction: [{ instruction: 'A secret plan.' }, 'Instruction: changed'],
  temperature: [{ temperature: 0 }, 'Temperature: 0 (was what the model chooses)'],
  modality: [{ modality: 'TEXT' }, 'Answers: in writing (was by voice)'],
  'transcription.input': [
    { transcription: { input: false, output: true } },
    'What people say is written down: no (was yes)',
  ],
  'transcription.output': [
    { transcription: { input: true, output: false } },
    'What Gemini says is written down: no (was yes)',
  ],
  'voiceActivity.startSensitivity': [
    { voiceActivity: { ...voiceActivity, startSensitivity: 'high' } },
    'Start of speech: noticed early (was noticed as usual)',
  ],
  'voiceActivity.endSensitivity': [
    { voiceActivity: { ...voiceActivity, endSensitivity: 'low' } },
    'End of speech: noticed late (was noticed as usual)',
  ],
  'voiceActivity.prefixPaddingMs': [
    { voiceActivity: { ...voiceActivity, prefixPaddingMs: 0 } },
    'Speech needed for a start: 0 ms (was 100 ms)',
  ],
  'voiceActivity.silenceMs': [
    { voiceActivity: { ...voiceActivity, silenceMs: 500 } },
    'Silence that ends speech: 500 ms (was 700 ms)',
  ],
  'voiceActivity.handling': [
    { voiceActivity: { ...voiceActivity, handling: 'no-interruption' } },
    'Speech interrupts Gemini: no (was yes)',
  ],
  'voiceActivity.turnCoverage': [
    { voiceActivity: { ...voiceActivity, turnCoverage: 'all-input' } },
    'A turn covers: everything (was what the model chooses)',
  ],
  proactiveAudio: [{ proactiveAudio: false }, 'Proactive audio: off (was what the model chooses)'],
  affectiveDialog: [{ affectiveDialog: true }, 'Affective dialog: on (was what the model chooses)'],
  grounding: [{ grounding: true }, 'Search with Google: on (was off)'],
  'thinking.budget': [
    { thinking: { budget: 0, level: null } },
    'Thinking budget: none (was what the model chooses)',
  ],
  'thinking.level': [
    { thinking: { budget: null, level: 'high' } },
    'Thinking level: high (was what the model chooses)',
  ],
  mediaResolution: [{ mediaResolution: 'low' }, 'Resolution of pictures: low (was what the model chooses)'],
  'compression.triggerTokens': [
    { compression: { triggerTokens: 50_000, targetTokens: 16_000 } },
    'Shortening of the context: at 50000 tokens to 16000 (was at 32000 tokens to 16000)',
  ],
  'compression.targetTokens': [
    { compression: { triggerTokens: 32_000, targetTokens: 8_000 } },
    'Shortening of the context: at 32000 tokens to 8000 (was at 32000 tokens to 16000)',
  ],
  tools: [{ tools: [] }, 'Tools: none (was all)'],
  floor: [{ floor: 'push-to-talk' }, 'Gemini hears: whoever holds the button (was whoever speaks first)'],
  addressing: [{ addressing: 'observer' }, 'Gemini answers: only when it is asked (was everything)'],
  budgetUsd: [{ budgetUsd: 2.5 }, 'Budget: US$ 2.5 (was no limit)'],
};

/** The options, those in groups as `group.option`. */
function optionsOf(settings: object, group = ''): string[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? optionsOf(value as object, `${group}${name}.`)
      : [`${group}${name}`],
  );
}

it.each(Object.entries(EVERY_OPTION))('tells a change of %s in plain words', (_, [after, line]) => {
  expect(changes(after)).toEqual([line]);
  expect(changes({}, after)).toHaveLength(1);
});

it('knows every option that there is', () => {
  expect(Object.keys(EVERY_OPTION).toSorted()).toEqual(optionsOf(DEFAULT_LIVE_SETTINGS).toSorted());
});

it('tells nothing where nothing has changed, and never the instruction itself', () => {
  expect(changes({})).toEqual([]);
  expect(changes({ instruction: '' }, { instruction: 'A secret plan.' })).toEqual(['Instruction: removed']);
  expect(JSON.stringify(changes({ instruction: 'A secret plan.' }))).not.toContain('secret');
});

it('fits into an event, and tells long lists apart whose beginnings are the same', () => {
  const tools = Array.from({ length: 100 }, (_, number) => `${number}`.padStart(64, 't'));
  const everything = Object.values(EVERY_OPTION).reduce((all, [one]) => ({ ...all, ...one }), {});
  const told = changes({ ...everything, tools });
  expect(EventBody.safeParse({ type: 'live.settings', changes: told }).success).toBe(true);
  expect(changes({ tools }, { tools: tools.slice(0, 99) })).toHaveLength(1);
});
