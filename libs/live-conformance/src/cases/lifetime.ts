import { property, spokenText } from '../matching/checks.ts';
import type { Check } from '../matching/expectation.ts';
import { between } from '../matching/expected.ts';
import type { CaseGroup } from './case.ts';
import { GREY_JPEG } from './picture-files.ts';

const MINUTE = 60_000;
/** What is a second too late on a busy machine is minutes on an accelerated clock. */
const EARLY = MINUTE;
const LATE = 5 * MINUTE;
const expired = { code: [1011], reason: /deadline expired/i };
const slow = (minutes: number) => ({ seconds: minutes * 60, dollars: 0.01 });

/** When the service ended a connection. */
function endedAfter(minutes: number): Check {
  return property(
    'age at its end, in milliseconds',
    ({ ending }) => ending?.at,
    between(minutes * MINUTE - EARLY, minutes * MINUTE + LATE),
  );
}

const timeLeft = property(
  'time left',
  ({ messages }) => messages.find(({ goAway }) => goAway)?.goAway?.timeLeft,
  /^\d+(?:\.\d+)?s$/,
);

export const LIFETIME: CaseGroup = {
  title: 'the life of a connection',
  cases: [
    {
      name: 'The end of a connection is announced with goAway and the time that is left, and comes with 1011',
      emulator: { speed: 300 },
      timeLimitMs: 75 * MINUTE,
      cost: slow(10),
      script: async (caller) => {
        const line = await caller.connect({ contextWindowCompression: { slidingWindow: {} } });
        await line.ended();
      },
      expect: { order: 'setupComplete goAway', holds: [timeLeft, endedAfter(10)], close: expired },
      tolerates: [
        {
          what: 'age at its end, in milliseconds',
          because: 'about ten minutes are documented, and 58 were seen',
        },
      ],
    },
    {
      name: 'goAway comes 50 seconds before the end',
      emulator: { speed: 50, connectionAgeMs: 1.5 * MINUTE },
      emulatorOnly: 'the age of a connection is known of an emulator only',
      timeLimitMs: 5 * MINUTE,
      script: async (caller) => {
        const line = await caller.connect();
        await line.ended();
      },
      expect: {
        holds: [
          property(
            'time left',
            ({ messages }) => messages.find(({ goAway }) => goAway)?.goAway?.timeLeft,
            '50s',
          ),
          property(
            'milliseconds between',
            (seen) => (seen.ending?.at ?? 0) - (seen.times('goAway')[0] ?? 0),
            between(20_000, 3 * MINUTE),
          ),
        ],
        close: expired,
      },
    },
    {
      name: 'A session that does not compress its context ends after 15 minutes',
      emulator: { speed: 300, connectionAgeMs: 60 * MINUTE },
      timeLimitMs: 20 * MINUTE,
      cost: slow(15),
      script: async (caller) => {
        const line = await caller.connect();
        await line.ended();
      },
      expect: { holds: [timeLeft, endedAfter(15)], close: expired },
      tolerates: [
        { what: 'age at its end, in milliseconds', because: 'the connection itself may end before' },
      ],
    },
    {
      name: 'A session with pictures that does not compress its context ends after 2 minutes',
      emulator: { speed: 60 },
      timeLimitMs: 5 * MINUTE,
      cost: slow(2),
      script: async (caller) => {
        const line = await caller.connect();
        line.send({ video: { data: GREY_JPEG, mimeType: 'image/jpeg' } });
        await line.ended();
      },
      expect: { holds: [endedAfter(2)], close: expired },
    },
    {
      name: 'A session that compresses its context has no such end, with pictures neither',
      emulator: { speed: 300, connectionAgeMs: 60 * MINUTE },
      emulatorOnly: 'a connection of Google ends before it could be seen',
      script: async (caller) => {
        const line = await caller.connect({ contextWindowCompression: { slidingWindow: {} } });
        line.send({ video: { data: GREY_JPEG, mimeType: 'image/jpeg' } });
        await caller.pause(20 * MINUTE);
      },
      expect: { never: ['goAway'] },
    },
    {
      name: 'A session outlives its connection: after goAway it goes on with its handle, and knows what was said',
      emulator: { speed: 300 },
      timeLimitMs: 75 * MINUTE,
      cost: slow(11),
      script: async (caller) => {
        const keeping = {
          outputAudioTranscription: {},
          contextWindowCompression: { slidingWindow: {} },
          sessionResumption: {},
        };
        const first = await caller.connect(keeping);
        first.ask('Ana: The budget is forty thousand euros.');
        await first.gets('resumable');
        await first.gets('goAway');
        await first.close();
        const handle = first.exchange.handle ?? '';
        const second = await caller.connect({ ...keeping, sessionResumption: { handle } });
        second.ask('Ben: What did Ana say? Repeat it word by word.');
        await second.turns(1);
      },
      expect: [
        { order: 'setupComplete turnComplete resumable goAway' },
        { order: 'setupComplete model turnComplete', holds: [spokenText(/forty|40/i)] },
      ],
    },
    {
      name: 'The age of a session counts over all its connections',
      emulator: { speed: 300, connectionAgeMs: 60 * MINUTE },
      timeLimitMs: 20 * MINUTE,
      cost: slow(15),
      script: async (caller) => {
        const first = await caller.connect({ sessionResumption: {} });
        first.tell('Ana: noted');
        await first.gets('resumable');
        await caller.pause(8 * MINUTE);
        await first.close();
        const second = await caller.connect({ sessionResumption: { handle: first.exchange.handle ?? '' } });
        await second.ended();
      },
      expect: [{}, { holds: [endedAfter(7)], close: expired }],
    },
  ],
};
