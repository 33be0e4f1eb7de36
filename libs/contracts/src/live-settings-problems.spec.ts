import { describe, expect, it } from 'vitest';
import { LANGUAGES } from './languages.ts';
import { LIVE_MODELS } from './live-models.ts';
import type { LiveModel, LiveService } from './live-models.ts';
import { liveModelProblems, liveSettingsProblems } from './live-settings-problems.ts';
import type { LiveStudio } from './live-settings-problems.ts';
import { DEFAULT_LIVE_SETTINGS } from './live-settings.ts';
import type { LiveSettings } from './live-settings.ts';
import { VOICES } from './voices.ts';

const MODELS_OF = (service: LiveService) =>
  LIVE_MODELS.filter(({ services }) => services.includes(service)).map(({ id }) => id);

const studio = (changes: Partial<LiveStudio> = {}): LiveStudio => {
  const service = changes.service ?? 'developer';
  return {
    service,
    apiVersion: service === 'vertex' ? 'v1beta1' : 'v1beta',
    model: 'gemini-3.8-live',
    models: MODELS_OF(service),
    tools: [{ name: 'search_conversation', description: 'Searches.' }],
    ...changes,
  };
};

const problems = (settings: Partial<LiveSettings>, to = studio()) =>
  liveSettingsProblems({ ...DEFAULT_LIVE_SETTINGS, ...settings }, to);
const messages = (settings: Partial<LiveSettings>, to = studio()) =>
  problems(settings, to).map(({ message }) => message);
const paths = (settings: Partial<LiveSettings>, to = studio()) =>
  problems(settings, to).map(({ path }) => path);
const thinking = (changes: Partial<LiveSettings['thinking']>) => ({
  thinking: { budget: null, level: null, ...changes },
});

/** Each known model where it is offered, also where the API version matters. */
const PLACES: [string, LiveModel, LiveStudio][] = (
  [
    ['developer', 'v1beta'],
    ['developer', 'v1alpha'],
    ['vertex', 'v1beta1'],
  ] as const
).flatMap(([service, apiVersion]) =>
  LIVE_MODELS.filter(({ services }) => services.includes(service)).map(
    (model): [string, LiveModel, LiveStudio] => [
      `${model.id} on ${service} ${apiVersion}`,
      model,
      studio({ service, apiVersion, model: model.id }),
    ],
  ),
);

describe.each(PLACES)('%s', (_, model, to) => {
  const alpha = to.service === 'vertex' || to.apiVersion === 'v1alpha';

  it('takes a room as it is without settings, and what every model takes', () => {
    expect(problems({}, to)).toEqual([]);
    for (const voice of VOICES) expect(problems({ voice }, to)).toEqual([]);
    for (const floor of ['push-to-talk', 'open', 'mix'] as const)
      for (const handling of ['interrupts', 'no-interruption'] as const) {
        const voiceActivity = { ...DEFAULT_LIVE_SETTINGS.voiceActivity, handling };
        expect(problems({ floor, voiceActivity }, to)).toEqual([]);
      }
    for (const mediaResolution of ['low', 'medium', 'high'] as const)
      expect(problems({ mediaResolution }, to)).toEqual([]);
    expect(
      problems(
        {
          ...{ instruction: 'Moderate.', temperature: 2, grounding: true, compression: null, budgetUsd: 1 },
          ...{ transcription: { input: false, output: false }, tools: ['search_conversation'] },
        },
        to,
      ),
    ).toEqual([]);
  });

  it('answers in writing only where it can', () => {
    expect(paths({ modality: 'TEXT' }, to)).toEqual(model.modalities.includes('TEXT') ? [] : ['modality']);
  });

  it('takes a language unless it finds it by itself', () => {
    const takes = !(model.nativeAudio && to.service === 'developer');
    for (const language of LANGUAGES) expect(paths({ language }, to)).toEqual(takes ? [] : ['language']);
    expect(paths({ language: 'tlh' }, to)).toEqual(['language']);
  });

  it('takes thinking in its own form', () => {
    expect(paths(thinking({ budget: 0 }), to)).toEqual(
      model.thinking === 'budget' ? [] : ['thinking.budget'],
    );
    for (const level of ['minimal', 'low', 'medium', 'high'] as const)
      expect(paths(thinking({ level }), to)).toEqual(
        model.thinkingLevels.includes(level) ? [] : ['thinking.level'],
      );
  });

  it('takes proactive audio and affective dialog where it has them', () => {
    const on = model.proactiveAudio === 'always' || (model.proactiveAudio === 'optional' && alpha);
    expect(paths({ proactiveAudio: true }, to)).toEqual(on ? [] : ['proactiveAudio']);
    const off = model.proactiveAudio !== 'always';
    expect(paths({ proactiveAudio: false }, to)).toEqual(off ? [] : ['proactiveAudio']);
    const affective =
      model.affectiveDialog === 'vertex-only'
        ? to.service === 'vertex'
        : model.affectiveDialog === 'optional' && alpha;
    expect(paths({ affectiveDialog: true }, to)).toEqual(affective ? [] : ['affectiveDialog']);
    expect(paths({ affectiveDialog: false }, to)).toEqual([]);
  });

  it('keeps no more before it than its window holds', () => {
    const compression = { triggerTokens: model.contextWindow + 1, targetTokens: 1_000 };
    expect(paths({ compression }, to)).toEqual(['compression.triggerTokens']);
    const fitting = { triggerTokens: model.contextWindow, targetTokens: 1_000 };
    expect(problems({ compression: fitting }, to)).toEqual([]);
  });
});

describe('what is said about a setting that a model does not take', () => {
  it.each([
    [
      thinking({ level: 'low' }),
      {},
      'Gemini 3.8 Live does not take a thinking level; Gemini 3.8 Live, extended thinking and Gemini 3.1 Flash Live (preview) do.',
    ],
    [
      { model: 'gemini-3.8-live-extended-thinking', ...thinking({ level: 'minimal' }) },
      {},
      'Gemini 3.8 Live, extended thinking does not take the thinking level "minimal"; Gemini 3.1 Flash Live (preview) does.',
    ],
    [
      { proactiveAudio: false },
      { models: ['gemini-3.8-live'] },
      'Gemini 3.8 Live does not take proactive audio switched off; no model of this studio does.',
    ],
    [
      { model: 'gemini-2.5-flash-native-audio-preview-12-2025', proactiveAudio: true },
      {},
      'Gemini 2.5 Flash native audio (preview) does not take proactive audio with API version v1beta; Gemini 3.8 Live and Gemini 3.8 Live, extended thinking do.',
    ],
    [
      { modality: 'TEXT' },
      {},
      'Gemini 3.8 Live does not take answers in writing; Gemini Live 2.5 Flash (preview) does.',
    ],
    [
      { language: 'de-DE' },
      {},
      'Gemini 3.8 Live does not take a language here, because it finds out by itself what is spoken; Gemini Live 2.5 Flash (preview) does.',
    ],
    [
      { affectiveDialog: true },
      {},
      'Gemini 3.8 Live does not take affective dialog on the Gemini Developer API; no model of this studio does.',
    ],
    [
      { model: 'gemini-9' },
      { models: ['gemini-3.8-live', 'gemini-10-live'] },
      'This studio does not offer the model gemini-9; it offers Gemini 3.8 Live and gemini-10-live.',
    ],
    [
      { tools: ['search_conversation', 'launch_rocket'] },
      {},
      'This studio does not have the tool launch_rocket; it has search_conversation.',
    ],
    [{ tools: ['x'] }, { tools: [] }, 'This studio does not have the tool x; it has none.'],
  ] satisfies [Partial<LiveSettings>, Partial<LiveStudio>, string][])('%j %j', (settings, to, message) => {
    expect(messages(settings, studio(to))).toEqual([message]);
  });

  it('is said of each setting', () => {
    expect(paths({ modality: 'TEXT', language: 'de-DE', ...thinking({ budget: 1 }), tools: ['x'] })).toEqual([
      'modality',
      'language',
      'thinking.budget',
      'tools',
    ]);
  });

  it('judges by the studio’s model when the room has chosen none', () => {
    const to = studio({ model: 'gemini-live-2.5-flash-preview' });
    expect(problems({ modality: 'TEXT', language: 'de-DE' }, to)).toEqual([]);
  });
});

it('lets a model that is not known here take everything', () => {
  const to = studio({ model: 'gemini-9-live', models: ['gemini-9-live'] });
  expect(
    problems(
      {
        modality: 'TEXT',
        language: 'tlh',
        proactiveAudio: false,
        affectiveDialog: true,
        ...thinking({ level: 'low' }),
      },
      to,
    ),
  ).toEqual([]);
});

it('does not keep Gemini away for a tool that has gone', () => {
  const settings = { ...DEFAULT_LIVE_SETTINGS, tools: ['gone'] };
  expect(liveModelProblems(settings, studio())).toEqual([]);
  expect(liveModelProblems({ ...settings, model: 'gone' }, studio())).toHaveLength(1);
});
