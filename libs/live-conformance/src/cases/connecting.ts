import { property, shape } from '../matching/checks.ts';
import type { CredentialForm } from '../run/target.ts';
import { asking } from './asking.ts';
import type { CaseGroup, ConformanceCase } from './case.ts';

const opened = { holds: [shape(['setupComplete'])] };
const FORWARDED = 'nothing forwards a prefix to Google';

function atVersion(service: 'developer' | 'vertex', apiVersion: string): ConformanceCase {
  return {
    name: `A connection opens at version ${apiVersion}`,
    services: [service],
    script: async (caller) => {
      await caller.connect({}, { apiVersion });
    },
    expect: opened,
  };
}

function withForm(service: 'developer' | 'vertex', form: CredentialForm, what: string): ConformanceCase {
  return {
    name: `A credential is taken ${what}`,
    services: [service],
    ...(service === 'developer' && form !== 'key' && form !== 'x-goog-api-key'
      ? { emulatorOnly: 'this place is for tokens, and the key is none' }
      : {}),
    script: async (caller) => {
      await caller.rawSetUp({}, { form });
    },
    expect: opened,
  };
}

export const CONNECTING: CaseGroup = {
  title: 'connecting',
  cases: [
    atVersion('developer', 'v1'),
    atVersion('developer', 'v1beta'),
    atVersion('developer', 'v1alpha'),
    atVersion('vertex', 'v1'),
    atVersion('vertex', 'v1beta1'),
    withForm('developer', 'key', 'from the query'),
    withForm('developer', 'x-goog-api-key', 'from the header x-goog-api-key'),
    withForm('developer', 'bearer', 'as a bearer'),
    withForm('developer', 'token', 'as a token'),
    withForm('vertex', 'bearer', 'as a bearer'),
    {
      name: 'Every model sets up a connection without any setting',
      onEachModel: true,
      script: async (caller) => {
        await caller.connect();
      },
      expect: opened,
    },
    {
      name: 'Vertex AI connects in express mode, with a key and without a project',
      services: ['vertex'],
      emulatorOnly: 'an express key is another credential than that of a project',
      script: async (caller) => {
        const line = await caller.connect({}, { form: 'x-goog-api-key' });
        line.ask('Ana: Who are you?');
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'A connection opens under a prefix of a proxy',
      emulatorOnly: FORWARDED,
      script: async (caller) => {
        await caller.connect({}, { prefix: '/some/proxy' });
      },
      expect: opened,
    },
    {
      name: 'A model may be named in the form of its service',
      script: async (caller) => {
        await caller.connect({}, {}, caller.modelName);
      },
      expect: opened,
    },
    {
      name: 'A wrong credential is refused',
      script: async (caller) => {
        await caller.raw({ credential: 'wrong' });
      },
      expect: { refusedWith: [400, 401, 403] },
    },
    {
      name: 'A connection without a credential is refused',
      script: async (caller) => {
        await caller.raw({ credential: '' });
      },
      expect: { refusedWith: [400, 401, 403] },
    },
    {
      name: 'The SDK tells of a refused credential by failing to connect',
      script: async (caller) => {
        await caller.connect({}, { credential: 'wrong' });
      },
      expect: { refusedWith: [400, 401, 403] },
    },
    {
      name: 'Another path is refused',
      script: async (caller) => {
        await caller.raw({ path: '/ws/elsewhere' });
      },
      expect: { refusedWith: [404] },
    },
    {
      name: 'An unknown model is refused by name',
      script: async (caller) => {
        await caller.connect({}, {}, 'gemini-0');
      },
      expect: { close: { code: [1008, 1007], reason: /gemini-0|not found|model/i } },
    },
    {
      name: 'A model of the other service is refused',
      script: async (caller) => {
        const other =
          caller.target.service === 'developer'
            ? 'gemini-live-2.5-flash-native-audio'
            : 'gemini-2.5-flash-native-audio-preview-12-2025';
        await caller.connect({}, {}, other);
      },
      expect: { close: { code: [1008, 1007] } },
    },
    {
      name: 'The service answers in binary frames that hold JSON on several lines and a line break',
      script: async (caller) => {
        const line = await caller.rawSetUp();
        await line.close();
      },
      expect: {
        holds: [
          property('binary', ({ frames }) => frames.map(({ binary }) => binary), [true]),
          property(
            'text',
            ({ frames }) => frames[0]?.text,
            /^\{\n {2}"setupComplete": \{(\}|\n[^]*\})\n\}\n$/,
          ),
        ],
      },
    },
    {
      name: 'The SDK understands frames that are marked as text as well',
      emulator: { textFrames: true },
      emulatorOnly: 'Google marks its frames as binary',
      script: asking('Ana: Who are you?'),
      expect: {
        order: 'setupComplete model generationComplete turnComplete usage',
        holds: [
          property('frames', ({ frames }) => [...new Set(frames.map(({ binary }) => binary))], [false]),
        ],
      },
    },
    {
      name: 'A wrong credential may also be refused behind an open door, with 1008',
      emulator: { authRefusal: 'close' },
      emulatorOnly: 'Google refuses it in one way only',
      script: async (caller) => {
        await caller.connect({}, { credential: 'wrong' });
      },
      expect: { close: { code: [1008] } },
    },
    {
      name: 'Every frame of an answer is binary',
      script: asking('Ana: Who are you?'),
      expect: {
        holds: [property('frames', ({ frames }) => [...new Set(frames.map(({ binary }) => binary))], [true])],
      },
    },
  ],
};
