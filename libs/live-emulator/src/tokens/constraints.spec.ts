import { describe, expect, it } from 'vitest';
import { constrain } from './constraints.ts';

const ASKED = {
  model: 'models/asked',
  generationConfig: { temperature: 1, topP: 0.5 },
  outputAudioTranscription: {},
  sessionResumption: { handle: 'h' },
};

describe('constrain', () => {
  it('lets nothing but the handle through where everything is locked', () => {
    const setup = { model: 'models/locked', generationConfig: { temperature: 0 } };
    expect(constrain(ASKED, { setup, locked: null })).toEqual(setup);
    expect(constrain(ASKED, { setup: { ...setup, sessionResumption: {} }, locked: null })).toEqual({
      ...setup,
      sessionResumption: { handle: 'h' },
    });
  });

  it('keeps the model that was asked for where the token names none', () => {
    expect(constrain(ASKED, { setup: { sessionResumption: {} }, locked: null }).model).toBe('models/asked');
  });

  it('lays down single fields, also to be absent, and leaves the others', () => {
    const setup = { generationConfig: { temperature: 0 } };
    const locked = ['generationConfig.temperature', 'generationConfig.topK', 'outputAudioTranscription'];
    expect(constrain(ASKED, { setup, locked })).toEqual({
      model: 'models/asked',
      generationConfig: { temperature: 0, topP: 0.5 },
      sessionResumption: { handle: 'h' },
    });
  });

  it('leaves what was asked for as it is', () => {
    const before = structuredClone(ASKED);
    constrain(ASKED, { setup: {}, locked: ['generationConfig.topP'] });
    expect(ASKED).toEqual(before);
  });
});
