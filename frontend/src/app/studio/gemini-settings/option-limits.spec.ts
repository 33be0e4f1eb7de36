import type { LiveStudio } from '@studio/contracts';
import { LIVE_MODELS } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { optionLimits } from './option-limits.ts';

function studio(change: Partial<LiveStudio> = {}): LiveStudio {
  const models = LIVE_MODELS.map(({ id }) => id);
  return { service: 'developer', apiVersion: 'v1beta', model: models[0] ?? '', models, tools: [], ...change };
}
const fields = (model: string | null, change: Partial<LiveStudio> = {}) => [
  ...optionLimits(model, studio(change)).keys(),
];

describe('what a model does not take', () => {
  it('is told by option, with the reason', () => {
    const limits = optionLimits('gemini-3.8-live', studio());
    expect([...limits.keys()]).toEqual([
      'language',
      'modality',
      'affectiveDialog',
      'thinkingBudget',
      'thinkingLevel',
    ]);
    expect(limits.get('thinkingBudget')).toMatch(/^Gemini 3.8 Live does not take a thinking budget/);
  });

  it('depends on the model and on the service', () => {
    expect(fields('gemini-3.8-live-extended-thinking')).not.toContain('thinkingLevel');
    expect(fields('gemini-2.5-flash-native-audio-preview-12-2025')).not.toContain('thinkingBudget');
    expect(fields('gemini-3.8-live', { service: 'vertex' })).not.toContain('affectiveDialog');
  });

  it('is that of the studio’s model when the room chooses none', () => {
    expect(fields(null)).toEqual(fields('gemini-3.8-live'));
  });

  it('is not known of a model that nobody here knows', () => {
    expect(fields('emulator', { models: ['emulator'] })).toEqual([]);
  });
});
