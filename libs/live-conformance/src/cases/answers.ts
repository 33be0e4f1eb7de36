import { Modality } from '@google/genai';
import { answer, property, spokenText, truth } from '../matching/checks.ts';
import { atLeast, between } from '../matching/expected.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';
import { VOICE_TURN } from './orders.ts';

const transcribed = { outputAudioTranscription: {} };
const written = { responseModalities: [Modality.TEXT] };

export const ANSWERS: CaseGroup = {
  title: 'answers',
  cases: [
    {
      name: 'A text turn is answered by voice, then the generation is complete, then the turn, with its bill',
      onEachModel: true,
      script: asking('Hello. Who are you?'),
      expect: { order: VOICE_TURN, never: ['transcript'], together: ['turnComplete', 'usage'] },
    },
    {
      name: 'An answer is written, in several parts, where a model writes and text was asked for',
      models: ({ modalities }) => modalities.includes('TEXT'),
      onEachModel: true,
      script: asking('Hello. Who are you?', written),
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
      script: asking('Hello. Who are you?'),
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
      script: asking('Hello. Who are you?'),
      expect: {
        holds: [property('mime type', ({ parts }) => parts[0]?.inlineData?.mimeType, 'audio/pcm;rate=24000')],
      },
    },
    {
      name: 'Voice comes in a chunk of 200 ms and then chunks of 240 ms',
      onEachModel: true,
      script: asking('Tell me in three sentences who you are.'),
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
      script: asking('Hello. Who is here?'),
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
      script: asking('Tell me in three sentences who you are.', transcribed),
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
      script: asking('Tell me in three sentences who you are.', transcribed),
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
      script: asking('Hello. What should we talk about?', transcribed),
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
      script: asking('Hello. Who are you?'),
      expect: { never: ['transcript', 'heard'] },
    },
    {
      name: 'A transcript does not say of its pieces whether they are the last',
      script: asking('Hello. Who are you?', transcribed),
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
  ],
};
