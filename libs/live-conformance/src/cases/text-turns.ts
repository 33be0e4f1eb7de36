import { Modality } from '@google/genai';
import { atLeast, between } from '../matching/expected.ts';
import { answer, property, shape, spokenIn, spokenText, truth, turnsComplete } from '../matching/checks.ts';
import type { CaseGroup } from './case.ts';

const transcribed = { outputAudioTranscription: {} };
const written = { responseModalities: [Modality.TEXT] };

/** An answer by voice, and the end of its turn. */
const VOICE_TURN = 'setupComplete (model|transcript)+ generationComplete turnComplete usage';

export const TEXT_TURNS: CaseGroup = {
  title: 'text turns',
  cases: [
    {
      name: 'A text turn is answered by voice, then the generation is complete, then the turn, with its bill',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Hello. Who are you?');
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, never: ['transcript'], together: ['turnComplete', 'usage'] },
    },
    {
      name: 'An answer is written, in several parts, where a model writes and text was asked for',
      models: ({ modalities }) => modalities.includes('TEXT'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(written);
        line.ask('Hello. Who are you?');
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete model generationComplete turnComplete usage',
        holds: [
          truth('several parts', ({ parts }) => parts.length > 1),
          truth('no voice in it', ({ audioChunks }) => audioChunks.length === 0),
          answer(/\S/),
        ],
      },
    },
    {
      name: 'A written answer has no role on the Developer API',
      services: ['developer'],
      models: ({ modalities }) => modalities.includes('TEXT'),
      script: async (caller) => {
        const line = await caller.connect(written);
        line.send({ text: 'Are you there?' });
        await line.turns(1);
      },
      expect: {
        holds: [
          truth('no role', ({ messages }) =>
            messages.every((message) => message.serverContent?.modelTurn?.role === undefined),
          ),
        ],
      },
    },
    {
      name: 'An answer has the role of the model on Vertex AI, and its voice is plain audio/pcm',
      services: ['vertex'],
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Hello. Who are you?');
        await line.turns(1);
      },
      expect: {
        holds: [
          truth('the role of the model everywhere', ({ messages }) =>
            messages.every(({ serverContent: content }) => (content?.modelTurn?.role ?? 'model') === 'model'),
          ),
          property(
            'role',
            ({ messages }) =>
              messages.find(({ serverContent: content }) => content?.modelTurn)?.serverContent?.modelTurn
                ?.role,
            'model',
          ),
          property('mime type', ({ parts }) => parts[0]?.inlineData?.mimeType, 'audio/pcm'),
        ],
      },
    },
    {
      name: 'Voice on the Developer API says its rate',
      services: ['developer'],
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Hello. Who are you?');
        await line.turns(1);
      },
      expect: {
        holds: [property('mime type', ({ parts }) => parts[0]?.inlineData?.mimeType, 'audio/pcm;rate=24000')],
      },
    },
    {
      name: 'Voice comes in a chunk of 200 ms and then chunks of 240 ms',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Tell me in three sentences who you are.');
        await line.turns(1);
      },
      expect: {
        holds: [
          property('first chunk', ({ audioChunks }) => audioChunks[0], 9_600),
          property(
            'lengths between first and last',
            ({ audioChunks }) => [...new Set(audioChunks.slice(1, -1))],
            [11_520],
          ),
          property('last chunk', ({ audioChunks }) => audioChunks.at(-1), between(2, 11_520)),
        ],
      },
    },
    {
      name: 'Voice is sent ahead of its playback, and the turn is complete only after it',
      emulator: { speed: 1 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Hello. Who is here?');
        await line.turns(1);
      },
      expect: {
        holds: [
          truth('sent in less than the time of its playback', (exchange) => {
            const [first = 0] = exchange.times('model');
            const [done = Infinity] = exchange.times('generationComplete');
            return done - first < exchange.spokenSeconds * 1000;
          }),
          truth(
            'complete when it was played: at most 1.5 s before, as the clocks differ, and 3 s after',
            (exchange) => {
              const [first = 0] = exchange.times('model');
              const [complete = 0] = exchange.times('turnComplete');
              const late = complete - first - exchange.spokenSeconds * 1000;
              return late > -1500 && late < 3000;
            },
          ),
        ],
      },
    },
    {
      name: 'A transcript comes in the message of its voice on 3.x models',
      models: ({ id }) => id.startsWith('gemini-3'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.ask('Tell me in three sentences who you are.');
        await line.turns(1);
      },
      expect: {
        order: VOICE_TURN,
        holds: [
          truth('voice and transcript together', ({ received }) =>
            received.some(({ kinds }) => kinds.includes('model') && kinds.includes('transcript')),
          ),
          spokenText(/\w+/),
        ],
      },
    },
    {
      name: 'A transcript comes in messages of its own on 2.x models',
      models: ({ id }) => id.includes('2.'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.ask('Tell me in three sentences who you are.');
        await line.turns(1);
      },
      expect: {
        order: VOICE_TURN,
        holds: [
          truth('never together', ({ received }) =>
            received.every(({ kinds }) => !(kinds.includes('model') && kinds.includes('transcript'))),
          ),
          property('pieces of the transcript', (exchange) => exchange.count('transcript'), atLeast(2)),
        ],
      },
    },
    {
      name: 'An empty transcription goes ahead of a spoken answer on Vertex AI, on 2.x models',
      services: ['vertex'],
      models: ({ id }) => id.includes('2.'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.ask('Hello. What should we talk about?');
        await line.turns(1);
      },
      expect: {
        holds: [
          property(
            'first message of the answer',
            ({ messages }) => messages[1]?.serverContent?.outputTranscription,
            {},
          ),
          property(
            'its text',
            ({ messages }) => messages[1]?.serverContent?.outputTranscription?.text,
            undefined,
          ),
        ],
      },
    },
    {
      name: 'Nothing is transcribed where that was not asked for',
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Hello. Who are you?');
        await line.turns(1);
      },
      expect: { never: ['transcript', 'heard'] },
    },
    {
      name: 'Realtime text is a turn of its own',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.send({ text: 'Hello. Who are you?' });
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, holds: [spokenText(/\w+/)] },
      tolerates: [
        { what: 'time limit', because: 'about one in twenty realtime texts is known to be ignored' },
      ],
    },
    {
      name: 'Content without the end of the turn waits, and is the history of the turn that comes',
      models: ({ id }) => id !== 'gemini-3.1-flash-live-preview',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.tell('Ana: The budget for the portal is forty thousand euros.');
        line.tell('Ben: We launch the portal in November.');
        await caller.pause(2000);
        line.ask('Cem: What did Ben say? Repeat it word by word.');
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, holds: [turnsComplete(1), spokenText(/November/i)] },
    },
    {
      name: 'Turns of the user and of the model in one message are a history',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.session.sendClientContent({
          turns: [
            { role: 'user', parts: [{ text: 'Ana: Our launch is in November.' }] },
            { role: 'model', parts: [{ text: 'I will remember that.' }] },
            { role: 'user', parts: [{ text: 'Ben: What did Ana say? Repeat it word by word.' }] },
          ],
          turnComplete: true,
        });
        await line.turns(1);
      },
      expect: { holds: [turnsComplete(1), spokenText(/November/i)] },
    },
    {
      name: 'The end of a turn without content answers what was said before',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.tell('Ana: Hello. Who are you?');
        line.session.sendClientContent({});
        await line.turns(1);
      },
      expect: { order: VOICE_TURN, holds: [spokenText(/\w+/)] },
    },
    {
      name: 'The end of a turn in which nothing was said yet is waited over: the turn is complete, and wants more',
      script: async (caller) => {
        const line = await caller.connect();
        line.session.sendClientContent({});
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete waitingForInput turnComplete',
        never: ['model'],
        holds: [
          property(
            'reason',
            ({ messages }) => messages.at(-1)?.serverContent?.turnCompleteReason,
            'NEED_MORE_INPUT',
          ),
        ],
      },
      tolerates: [
        { what: 'order', because: 'what is done without any content is not documented' },
        { what: 'no model', because: 'what is done without any content is not documented' },
        { what: 'reason', because: 'what is done without any content is not documented' },
        { what: 'close', because: 'what is done without any content is not documented' },
        { what: 'time limit', because: 'what is done without any content is not documented' },
      ],
    },
    {
      name: 'A transcript does not say of its pieces whether they are the last',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.ask('Hello. Who are you?');
        await line.turns(1);
      },
      expect: {
        holds: [
          truth('no piece is marked as finished', ({ messages }) =>
            messages.every(
              ({ serverContent: content }) => content?.outputTranscription?.finished === undefined,
            ),
          ),
        ],
      },
      tolerates: [
        { what: 'no piece is marked as finished', because: 'it was seen in the past, and may come' },
      ],
    },
    {
      name: 'A conversation is remembered from turn to turn',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.ask('Ana: The budget for the portal is forty thousand euros.');
        await line.turns(1);
        line.ask('Ben: What did Ana say? Repeat it word by word.');
        await line.turns(2);
      },
      expect: { holds: [turnsComplete(2), spokenIn(1)(/forty|40/i)] },
    },
    {
      name: 'New content interrupts an answer: interrupted, turn complete, and no generation complete for it',
      emulator: { speed: 5 },
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.ask('Ana: Stop. Who is here?');
        await line.turns(2);
      },
      expect: {
        order:
          'setupComplete model interrupted turnComplete usage model generationComplete turnComplete usage',
        holds: [turnsComplete(2)],
      },
    },
    {
      name: 'Realtime text interrupts an answer',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.send({ text: 'Ana: Stop. Who is here?' });
        await line.turns(2);
      },
      expect: { order: 'model interrupted turnComplete model generationComplete turnComplete' },
    },
    {
      name: 'Content without the end of the turn does not interrupt an answer on 3.x models',
      models: ({ id }) => id === 'gemini-3.8-live',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.tell('Ben: I have joined.');
        await line.turns(1);
      },
      expect: { order: 'model generationComplete turnComplete', never: ['interrupted'] },
    },
    {
      name: 'Any content interrupts an answer on 2.x models',
      models: ({ id }) => id.includes('2.'),
      onEachModel: true,
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect();
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        line.tell('Ben: I have joined.');
        await line.turns(1);
      },
      expect: { order: 'model interrupted turnComplete', never: ['generationComplete'] },
    },
    {
      name: 'Nothing but its setup comes from a service that was asked nothing',
      script: async (caller) => {
        await caller.connect();
        await caller.pause(3000);
      },
      expect: { holds: [shape(['setupComplete'])] },
    },
  ],
};
