import type { LiveUsage } from '@studio/contracts';
import { Counter } from '@studio/platform';
import type { Registry } from '@studio/platform';

/** What the service does, for whoever scrapes the metrics. */
export class GeminiMetrics {
  private readonly calls: Counter<'outcome'>;
  private readonly tokens: Counter<'direction' | 'modality'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.calls = new Counter({
      ...{ name: 'studio_gemini_tool_calls_total', help: 'Tools that Gemini has called', registers },
      labelNames: ['outcome'],
    });
    this.tokens = new Counter({
      ...{ name: 'studio_gemini_tokens_total', help: 'Tokens that Google bills', registers },
      labelNames: ['direction', 'modality'],
    });
  }

  toolCalled(outcome: string): void {
    this.calls.inc({ outcome });
  }

  used(bill: Pick<LiveUsage, 'input' | 'output'>): void {
    for (const direction of ['input', 'output'] as const)
      for (const [modality, tokens] of Object.entries(bill[direction]))
        if (tokens > 0) this.tokens.inc({ direction, modality }, tokens);
  }
}
