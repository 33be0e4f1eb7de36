import { Registry } from '@studio/platform';
import { expect, it } from 'vitest';
import { GeminiMetrics } from './metrics.ts';

it('counts tool calls by what came of them, and tokens by direction and modality', async () => {
  const registry = new Registry();
  const metrics = new GeminiMetrics(registry);
  for (const outcome of ['ok', 'ok', 'timeout']) metrics.toolCalled(outcome);
  metrics.used({ input: { text: 100, audio: 50, image: 0 }, output: { text: 0, audio: 25, image: 0 } });
  metrics.used({ input: { text: 20, audio: 0, image: 258 }, output: { text: 0, audio: 0, image: 0 } });
  const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('studio_'));
  expect(lines.toSorted()).toEqual([
    'studio_gemini_tokens_total{direction="input",modality="audio"} 50',
    'studio_gemini_tokens_total{direction="input",modality="image"} 258',
    'studio_gemini_tokens_total{direction="input",modality="text"} 120',
    'studio_gemini_tokens_total{direction="output",modality="audio"} 25',
    'studio_gemini_tool_calls_total{outcome="ok"} 2',
    'studio_gemini_tool_calls_total{outcome="timeout"} 1',
  ]);
});
