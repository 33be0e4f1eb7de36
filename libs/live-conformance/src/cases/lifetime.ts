import { property } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';

export const LIFETIME: CaseGroup = {
  title: 'the life of a connection',
  cases: [
    {
      name: 'The end of a connection is announced with goAway, and comes with 1011',
      emulator: { connectionAgeMs: 20_000, goAwayNoticeMs: 10_000, speed: 40 },
      emulatorOnly: 'a connection of Google lives for ten minutes or longer',
      script: async (caller) => {
        const line = await caller.connect();
        await line.ended();
      },
      expect: {
        order: 'setupComplete goAway',
        holds: [property('time left', ({ messages }) => messages.at(-1)?.goAway?.timeLeft, '10s')],
        close: { code: [1011], reason: /deadline expired/i },
      },
    },
  ],
};
