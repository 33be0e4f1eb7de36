import type { LiveConnectConfig } from '@google/genai';
import type { ConformanceCase } from './case.ts';

/** Connects, asks one question and waits until the turn that answers it is complete. */
export function asking(question: string, config?: LiveConnectConfig): ConformanceCase['script'] {
  return async (caller) => {
    const line = await caller.connect(config);
    line.ask(question);
    await line.turns(1);
  };
}
