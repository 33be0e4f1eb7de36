import { Modality, Type } from '@google/genai';
import type { FunctionDeclaration } from '@google/genai';
import { property, truth } from '../matching/checks.ts';
import { anything, atLeast } from '../matching/expected.ts';
import { asking } from './asking.ts';
import type { CaseGroup } from './case.ts';

const DEVELOPER_MODEL = 'gemini-live-2.5-flash-preview';
const VERTEX_MODEL = 'gemini-2.0-flash-live-preview-04-09';

const written = { responseModalities: [Modality.TEXT] };
const weather: FunctionDeclaration = {
  name: 'get_current_weather',
  description: 'The weather at a place now',
  parameters: {
    type: Type.OBJECT,
    properties: { location: { type: Type.STRING, description: 'A city' } },
    required: ['location'],
  },
};

/** A message with nothing in it but one part of text, and no role. */
const barePieces = truth('nothing but one text in each message', ({ received }) =>
  received
    .filter(({ kinds }) => kinds.includes('model'))
    .every(({ kinds, message }) => {
      const { role, parts = [] } = message.serverContent?.modelTurn ?? {};
      return kinds.length === 1 && role === undefined && parts.length === 1 && parts[0]?.text !== undefined;
    }),
);
const severalPieces = property('pieces', (exchange) => exchange.parts.length, atLeast(2));

/** What is known of real exchanges with Google's half-cascade models in 2025: the kinds, their order, the fields that are set. */
export const KNOWN_EXCHANGES: CaseGroup = {
  title: 'exchanges as Google had them',
  cases: [
    {
      name: 'Speech between two marks is answered in pieces of text',
      services: ['developer'],
      models: ({ id }) => id === DEVELOPER_MODEL,
      script: async (caller) => {
        const line = await caller.connect({
          ...written,
          realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
        });
        line.send({ activityStart: {} });
        await line.say(caller.sentence);
        line.send({ activityEnd: {} });
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete model generationComplete turnComplete usage',
        never: ['heard', 'transcript', 'voiceActivity'],
        holds: [barePieces, severalPieces],
      },
    },
    {
      name: 'Realtime text is answered in pieces of text',
      services: ['developer'],
      models: ({ id }) => id === DEVELOPER_MODEL,
      script: async (caller) => {
        const line = await caller.connect(written);
        line.send({ text: 'Hello? Is anybody there?' });
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete model generationComplete turnComplete usage',
        holds: [barePieces, severalPieces],
      },
    },
    {
      name: 'Content is answered with transcripts in messages of their own, and nothing else is set in them',
      services: ['developer'],
      models: ({ id }) => id === DEVELOPER_MODEL,
      script: asking('Hello! What could we speak about?', { outputAudioTranscription: {} }),
      expect: {
        order: 'setupComplete (transcript|model)+ generationComplete turnComplete usage',
        holds: [
          property('first message of the answer', ({ received }) => received[1]?.kinds, ['transcript']),
          truth('transcripts hold a text and nothing else', ({ messages }) =>
            messages
              .flatMap((message) => message.serverContent?.outputTranscription ?? [])
              .every((transcription) => Object.keys(transcription).join() === 'text'),
          ),
        ],
      },
    },
    {
      name: 'A transcription without a text comes first on Vertex AI',
      services: ['vertex'],
      models: ({ id }) => id === VERTEX_MODEL,
      script: asking('Hello! What could we speak about?', { outputAudioTranscription: {} }),
      expect: {
        order: 'setupComplete (transcript|model)+ generationComplete turnComplete usage',
        holds: [
          property('first message of the answer', ({ received }) => received[1]?.kinds, ['transcript']),
          property(
            'its text',
            ({ messages }) => messages[1]?.serverContent?.outputTranscription?.text,
            undefined,
          ),
        ],
      },
    },
    {
      name: 'Content is answered by voice of the model role, 200 ms first and then 240 ms',
      services: ['vertex'],
      models: ({ id }) => id === VERTEX_MODEL,
      script: asking('Hello! What could we speak about?'),
      expect: {
        order: 'setupComplete model generationComplete turnComplete usage',
        holds: [
          property('first chunks', ({ audioChunks }) => audioChunks.slice(0, 2), [9_600, 11_520]),
          property('role', ({ messages }) => messages[1]?.serverContent?.modelTurn?.role, 'model'),
          property('mime type', ({ parts }) => parts[0]?.inlineData?.mimeType, 'audio/pcm'),
        ],
      },
    },
    {
      name: 'A function is called with its name, its arguments and an id on the Developer API',
      services: ['developer'],
      models: ({ id }) => id === DEVELOPER_MODEL,
      script: async (caller) => {
        const line = await caller.connect({ tools: [{ functionDeclarations: [weather] }] });
        line.ask('What is the current weather in Lisbon?');
        await line.gets('toolCall');
      },
      expect: {
        order: 'setupComplete toolCall generationComplete?',
        never: ['model', 'turnComplete'],
        holds: [
          property('calls', ({ calls }) => calls, [
            { id: anything, name: 'get_current_weather', args: { location: /Lisbon/ } },
          ]),
        ],
      },
    },
    {
      name: 'A called function is all that was generated on Vertex AI',
      services: ['vertex'],
      models: ({ id }) => id === VERTEX_MODEL,
      script: async (caller) => {
        const line = await caller.connect({ tools: [{ functionDeclarations: [weather] }] });
        line.ask('What is the current weather in Lisbon?');
        await line.gets('toolCall');
        await line.gets('generationComplete');
      },
      expect: {
        order: 'setupComplete toolCall generationComplete',
        never: ['model', 'turnComplete'],
        holds: [
          property('calls', ({ calls }) => calls, [
            { id: anything, name: 'get_current_weather', args: { location: /Lisbon/ } },
          ]),
        ],
      },
    },
  ],
};
