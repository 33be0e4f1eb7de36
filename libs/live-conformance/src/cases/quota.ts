import type { CaseGroup } from './case.ts';

const UNKNOWN = 'the quota of a project is not known, and not to be used up';
const exceeded = { code: [1011, 1008], reason: /quota|exhausted/i };

export const QUOTA: CaseGroup = {
  title: 'quota',
  cases: [
    {
      name: 'More sessions at the same time than the quota are refused, and may come when one has ended',
      emulator: { maxSessions: 1 },
      emulatorOnly: UNKNOWN,
      script: async (caller) => {
        const first = await caller.connect();
        const line = await caller.raw();
        line.send({ setup: { model: caller.modelName } });
        await line.until(({ ending }) => ending !== null);
        await first.close();
        await caller.connect();
      },
      expect: [{}, { close: exceeded }, { order: 'setupComplete' }],
    },
    {
      name: 'The SDK tells of an exceeded quota by failing to connect',
      emulator: { maxSessions: 1 },
      emulatorOnly: UNKNOWN,
      script: async (caller) => {
        await caller.connect();
        await caller.connect();
      },
      expect: [{}, { close: exceeded }],
    },
    {
      name: 'More setups in a minute than the quota are refused',
      emulator: { maxSetupsPerMinute: 2, speed: 2 },
      emulatorOnly: UNKNOWN,
      script: async (caller) => {
        for (let setups = 0; setups < 3; setups += 1) {
          const line = await caller.connect();
          await line.close();
        }
      },
      expect: [{}, {}, { close: exceeded }],
    },
  ],
};
