import { setInterval, setTimeout as pass } from 'node:timers/promises';
import type { LiveEndpoint } from './live-endpoint.ts';
import type { Marks } from './marks.ts';
import type { Talker } from './talker.ts';

const FRAME_MS = 20;
/** After an answer, so that its end has arrived before the next words interrupt it. */
const SETTLE_MS = 500;
/** 20 ms of 16 kHz PCM. */
const FRAME_BYTES = 640;

export interface ConversationOptions {
  readonly endpoint: LiveEndpoint;
  readonly heard: Marks;
  readonly speechMs: number;
  readonly rounds: number;
}

/**
 * Everybody speaks and gets an answer, so many times, each a little later than the one before, so that some speak while others are
 * answered.
 */
export async function converse(talkers: readonly Talker[], options: ConversationOptions): Promise<void> {
  const { endpoint, speechMs } = options;
  // Microphones of different browsers are not in step either.
  const step = (speechMs + endpoint.answerMs + FRAME_MS) / talkers.length;
  await Promise.all(talkers.map((talker, index) => talk(talker, index * step, options)));
}

async function talk(talker: Talker, delayMs: number, options: ConversationOptions): Promise<void> {
  const { endpoint, heard, speechMs, rounds } = options;
  await pass(delayMs);
  for (let round = 0; round < rounds; round += 1) {
    await talker.start();
    const clock = setInterval(FRAME_MS)[Symbol.asyncIterator]();
    for (let at = 0; at < speechMs; at += FRAME_MS) {
      await clock.next();
      talker.frame(heard.send(FRAME_BYTES));
    }
    await clock.return?.();
    await talker.end();
    await pass(endpoint.answerMs + SETTLE_MS);
  }
}
