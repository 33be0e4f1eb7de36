import { property, shape, spokenText } from '../matching/checks.ts';
import { anything } from '../matching/expected.ts';
import type { CaseGroup } from './case.ts';

const HOUR = 60 * 60 * 1000;
/** Without this a session ends long before its handle does. */
const lasting = { contextWindowCompression: { slidingWindow: {} } };
const keeping = { outputAudioTranscription: {}, sessionResumption: {} };

/** The index of the client's last message that the service tells. */
function lastConsumed(index: string) {
  return property(
    'index of the last message',
    ({ messages }) =>
      messages
        .flatMap(({ sessionResumptionUpdate: update }) => update?.lastConsumedClientMessageIndex ?? [])
        .at(-1),
    index,
  );
}

export const RESUMPTION: CaseGroup = {
  title: 'resumption',
  cases: [
    {
      name: 'A handle comes after each turn, and none can be had during an answer',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(keeping);
        line.ask('Ana: Who are you?');
        await line.gets('resumable', 1);
        line.ask('Ana: Who is here?');
        await line.gets('resumable', 2);
      },
      expect: {
        order:
          'setupComplete notResumable model generationComplete turnComplete resumable notResumable model generationComplete turnComplete resumable',
        holds: [
          property(
            'handle while it answers',
            ({ messages }) =>
              messages.find(({ sessionResumptionUpdate: update }) => update && !update.resumable)
                ?.sessionResumptionUpdate?.newHandle ?? '',
            '',
          ),
          property('handle', ({ handle }) => handle, /.+/),
        ],
      },
    },
    {
      name: 'A session that was closed is resumed with its handle, and knows its conversation',
      onEachModel: true,
      script: async (caller) => {
        const first = await caller.connect(keeping);
        first.ask('Ana: The budget is forty thousand euros.');
        await first.gets('resumable');
        await first.close();
        const handle = first.exchange.handle ?? '';
        const second = await caller.connect({ ...keeping, sessionResumption: { handle } });
        second.ask('Ben: What did Ana say? Repeat it word by word.');
        await second.turns(1);
      },
      expect: [
        { order: 'setupComplete model turnComplete resumable' },
        { order: 'setupComplete model generationComplete turnComplete', holds: [spokenText(/forty|40/i)] },
      ],
    },
    {
      name: 'Other settings than the model may change when a session is resumed',
      script: async (caller) => {
        const first = await caller.connect(keeping);
        first.ask('Ana: The budget is forty thousand euros.');
        await first.gets('resumable');
        await first.close();
        const second = await caller.connect({
          sessionResumption: { handle: first.exchange.handle ?? '' },
          temperature: 0.5,
          speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
          systemInstruction: 'Be brief.',
        });
        second.ask('Ben: Who are you?');
        await second.turns(1);
      },
      expect: [{}, { order: 'setupComplete model generationComplete turnComplete', never: ['transcript'] }],
    },
    {
      name: 'A handle comes when history was added without a turn',
      script: async (caller) => {
        const line = await caller.connect(keeping);
        line.tell('Ana: noted');
        await line.gets('resumable');
      },
      expect: { holds: [shape(['setupComplete', 'resumable'])] },
    },
    {
      name: 'No handles come unless they were asked for',
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Who are you?');
        await line.turns(1);
        await caller.pause(1000);
      },
      expect: { never: ['resumable', 'notResumable'] },
    },
    {
      name: 'An unknown handle is refused',
      script: async (caller) => {
        await caller.connect({ sessionResumption: { handle: 'never-issued' } });
      },
      expect: { close: { code: [1008, 1007], reason: /session|handle|argument/i } },
    },
    {
      name: 'A handle of another model is refused',
      models: ({ id }) => id === 'gemini-3.8-live',
      script: async (caller) => {
        const first = await caller.connect(keeping);
        first.ask('Ana: hello');
        await first.gets('resumable');
        await first.close();
        const handle = first.exchange.handle ?? '';
        await caller.connect({ sessionResumption: { handle } }, {}, 'gemini-3.1-flash-live-preview');
      },
      expect: [{}, { close: { code: [1007, 1008] } }],
    },
    {
      name: 'A handle is refused while the connection before is still open',
      script: async (caller) => {
        const first = await caller.connect(keeping);
        first.ask('Ana: hello');
        await first.gets('resumable');
        await caller.connect({ sessionResumption: { handle: first.exchange.handle ?? '' } });
      },
      expect: [{}, { close: { code: [1011, 1008, 1007] } }],
    },
    {
      name: 'A handle of before a session went on is refused',
      script: async (caller) => {
        const first = await caller.connect(keeping);
        first.ask('Ana: hello');
        await first.gets('resumable');
        await first.close();
        const stale = { sessionResumption: { handle: first.exchange.handle ?? '' } };
        const second = await caller.connect(stale);
        second.ask('Ana: Who is here?');
        await second.gets('resumable');
        await second.close();
        await caller.connect(stale);
      },
      expect: [{}, {}, { close: { code: [1008, 1007] } }],
    },
    {
      name: 'A session goes on over several connections, each with a handle of the one before',
      script: async (caller) => {
        let handle: string | undefined;
        for (const name of ['Ana', 'Ben', 'Cem', 'Dora']) {
          const line = await caller.connect({
            ...keeping,
            sessionResumption: handle === undefined ? {} : { handle },
          });
          line.ask(`${name}: My number is ${name.length * 11}. Who is here?`);
          await line.gets('resumable');
          await line.close();
          handle = line.exchange.handle;
        }
      },
      expect: [{}, {}, {}, { holds: [spokenText(/Ana.*Ben.*Cem.*Dora/)] }],
    },
    {
      name: 'A handle is good for two hours, and no longer',
      services: ['developer'],
      emulator: { speed: 3000, connectionAgeMs: 10 * HOUR },
      emulatorOnly: 'nobody waits for two hours',
      timeLimitMs: 10 * HOUR,
      script: async (caller) => {
        for (const hours of [1, 2.2]) {
          const line = await caller.connect({ ...keeping, ...lasting });
          line.tell('Ana: noted');
          await line.gets('resumable');
          await line.close();
          await caller.pause(hours * HOUR);
          const later = await caller.connect({
            ...lasting,
            sessionResumption: { handle: line.exchange.handle ?? '' },
          });
          await later.close();
        }
      },
      expect: [{}, { order: 'setupComplete' }, {}, { close: { code: [1008] } }],
    },
    {
      name: 'The client messages that were consumed are counted on Vertex AI where that was asked for',
      services: ['vertex'],
      script: async (caller) => {
        const line = await caller.connect({ sessionResumption: { transparent: true } });
        line.tell('Ana: noted');
        line.ask('Ana: Who are you?');
        await line.gets('turnComplete');
        await line.until(({ messages }) =>
          messages.some(
            ({ sessionResumptionUpdate: update }) =>
              update?.resumable && update.lastConsumedClientMessageIndex === '2',
          ),
        );
      },
      expect: {
        holds: [lastConsumed('2')],
      },
    },
    {
      name: 'Counting again from one, a resumed connection tells its own messages on Vertex AI',
      services: ['vertex'],
      script: async (caller) => {
        const transparent = { sessionResumption: { transparent: true } };
        const first = await caller.connect(transparent);
        first.tell('Ana: noted');
        await first.gets('resumable');
        await first.close();
        const second = await caller.connect({
          sessionResumption: { ...transparent.sessionResumption, handle: first.exchange.handle ?? '' },
        });
        second.tell('Ben: noted');
        await second.gets('resumable');
      },
      expect: [
        {},
        {
          holds: [lastConsumed('1')],
        },
      ],
    },
    {
      name: 'The setup of a connection has an id of its session on Vertex AI',
      services: ['vertex'],
      onEachModel: true,
      script: async (caller) => {
        await caller.connect();
      },
      expect: {
        holds: [
          property('session id', ({ messages }) => messages[0]?.setupComplete?.sessionId, /^[0-9a-f-]{36}$/),
        ],
      },
    },
    {
      name: 'The setup of a connection is complete without an id on the Developer API',
      services: ['developer'],
      onEachModel: true,
      script: async (caller) => {
        await caller.connect();
      },
      expect: {
        holds: [
          property('setupComplete', ({ messages }) => messages[0]?.setupComplete, anything),
          property('session id', ({ messages }) => messages[0]?.setupComplete?.sessionId, undefined),
        ],
      },
    },
  ],
};
