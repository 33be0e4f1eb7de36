import { ActivityHandling, EndSensitivity, Modality, StartSensitivity } from '@google/genai';
import type { AutomaticActivityDetection, LiveConnectConfig } from '@google/genai';
import { Resampler, bytesOf, toFloat32, toInt16 } from '@studio/audio';
import { answer, heardText, property, turnsComplete } from '../matching/checks.ts';
import type { CaseGroup, ConformanceCase } from './case.ts';
import { SPEECH_RATE } from '../run/line.ts';

function detecting(
  automaticActivityDetection: AutomaticActivityDetection,
  activityHandling?: ActivityHandling,
): LiveConnectConfig {
  return {
    realtimeInputConfig: {
      automaticActivityDetection,
      ...(activityHandling === undefined ? {} : { activityHandling }),
    },
  };
}

const quick = detecting({ silenceDurationMs: 300 });

/** One spoken sentence with silence after it, under one setting of the detection. */
function foundWith(setting: string, detection: AutomaticActivityDetection): ConformanceCase {
  return {
    name: `Speech is found and answered with ${setting}`,
    script: async (caller) => {
      const line = await caller.connect({ ...detecting(detection), inputAudioTranscription: {} });
      await line.say(caller.silence(0.4));
      await line.say(caller.sentence);
      await line.say(caller.silence(1 + (detection.silenceDurationMs ?? 800) / 1000));
      await line.turns(1);
    },
    expect: {
      order: 'setupComplete heard model generationComplete turnComplete usage',
      holds: [turnsComplete(1), heardText(/\S/)],
    },
  };
}

/** Speech at another rate than that of the cases. */
function atRate(rate: number): ConformanceCase {
  return {
    name: `Speech at ${rate} samples a second is understood like any other`,
    script: async (caller) => {
      const line = await caller.connect({ ...quick, inputAudioTranscription: {} });
      const resampler = new Resampler(SPEECH_RATE, rate);
      await line.say(toInt16(resampler.process(toFloat32(caller.sentence))), rate);
      await line.say(new Int16Array(rate), rate);
      await line.turns(1);
    },
    expect: { holds: [heardText(/\S/), turnsComplete(1)] },
  };
}

const SETTINGS: readonly (readonly [string, AutomaticActivityDetection])[] = [
  ['the defaults', {}],
  [
    'high sensitivity to its start and its end',
    {
      startOfSpeechSensitivity: StartSensitivity.START_SENSITIVITY_HIGH,
      endOfSpeechSensitivity: EndSensitivity.END_SENSITIVITY_HIGH,
    },
  ],
  [
    'low sensitivity to its start and its end',
    {
      startOfSpeechSensitivity: StartSensitivity.START_SENSITIVITY_LOW,
      endOfSpeechSensitivity: EndSensitivity.END_SENSITIVITY_LOW,
    },
  ],
  ['high sensitivity to its start', { startOfSpeechSensitivity: StartSensitivity.START_SENSITIVITY_HIGH }],
  ['low sensitivity to its end', { endOfSpeechSensitivity: EndSensitivity.END_SENSITIVITY_LOW }],
  ['no padding', { prefixPaddingMs: 0 }],
  ['a padding of 20 ms', { prefixPaddingMs: 20 }],
  ['a padding of 500 ms', { prefixPaddingMs: 500 }],
  ['a silence of 300 ms', { silenceDurationMs: 300 }],
  ['a silence of 500 ms', { silenceDurationMs: 500 }],
  ['a silence of 2 s', { silenceDurationMs: 2000 }],
];

export const SPEECH_TURNS: CaseGroup = {
  title: 'speech turns',
  cases: [
    ...SETTINGS.map(([setting, detection]) => foundWith(setting, detection)),
    {
      name: 'Speech is found and answered by every model',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(quick);
        await line.say(caller.sentence);
        await line.say(caller.silence(0.8));
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete usage', never: ['heard'] },
    },
    {
      name: 'What is heard is transcribed where that was asked for',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect({ ...quick, inputAudioTranscription: {} });
        await line.say(caller.sentence);
        await line.say(caller.silence(0.8));
        await line.turns(1);
      },
      expect: { holds: [heardText(/\S/)] },
    },
    {
      name: 'What is heard is transcribed in words',
      emulator: { plays: { heard: 'We should launch the new portal in November.', say: 'I heard it.' } },
      script: async (caller) => {
        const line = await caller.connect({ ...quick, inputAudioTranscription: {} });
        await line.say(caller.sentence);
        await line.say(caller.silence(0.8));
        await line.turns(1);
      },
      expect: {
        order: 'setupComplete heard model generationComplete turnComplete',
        holds: [heardText(/launch.*portal.*November/i)],
      },
      tolerates: [
        { what: 'transcript of what was heard', because: 'a synthetic voice may be understood otherwise' },
      ],
    },
    {
      name: 'A pause shorter than the silence asked for does not end a turn',
      script: async (caller) => {
        const line = await caller.connect(detecting({ silenceDurationMs: 2000 }));
        await line.say(caller.sentence);
        await line.say(caller.silence(0.8));
        await line.say(caller.sentence);
        await line.say(caller.silence(3));
        await line.turns(1);
        await caller.pause(2000);
      },
      expect: { holds: [turnsComplete(1)], never: ['interrupted'] },
    },
    {
      name: 'A pause longer than the silence asked for makes two turns',
      script: async (caller) => {
        const line = await caller.connect(quick);
        await line.say(caller.sentence);
        await line.say(caller.silence(1));
        await line.turns(1);
        await line.say(caller.sentence);
        await line.say(caller.silence(1));
        await line.turns(2);
      },
      expect: { holds: [turnsComplete(2)] },
    },
    {
      name: 'Silence is no speech, and is not answered',
      script: async (caller) => {
        const line = await caller.connect(quick);
        await line.say(caller.silence(4));
        await caller.pause(3000);
      },
      expect: { never: ['model', 'turnComplete', 'heard'] },
    },
    {
      name: 'The end of the audio stream ends the speech in it',
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(quick);
        await line.say(caller.sentence);
        line.send({ audioStreamEnd: true });
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'Audio may come again after the end of the audio stream',
      script: async (caller) => {
        const line = await caller.connect(quick);
        for (const turn of [1, 2]) {
          await line.say(caller.sentence);
          line.send({ audioStreamEnd: true });
          await line.turns(turn);
        }
      },
      expect: { holds: [turnsComplete(2)] },
    },
    ...[8_000, 16_000, 44_100, 48_000].map(atRate),
    {
      name: 'Audio that does not say its rate is taken for 16 kHz',
      script: async (caller) => {
        const line = await caller.connect(quick);
        const data = Buffer.from(bytesOf(caller.sentence)).toString('base64');
        line.send({ audio: { data, mimeType: 'audio/pcm' } });
        line.send({ audioStreamEnd: true });
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete' },
    },
    {
      name: 'Speech interrupts an answer as soon as it begins',
      onEachModel: true,
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect(quick);
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        await line.say(caller.sentence);
        await line.turns(1);
        await line.say(caller.silence(0.8));
        await line.turns(2);
      },
      expect: {
        order:
          'setupComplete model interrupted turnComplete usage model generationComplete turnComplete usage',
      },
    },
    {
      name: 'Nothing interrupts an answer where that was asked for, and what was said meanwhile is answered after it',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect(
          detecting({ silenceDurationMs: 300 }, ActivityHandling.NO_INTERRUPTION),
        );
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        await line.say(caller.sentence);
        await line.say(caller.silence(0.8));
        await line.turns(2);
      },
      expect: {
        order: 'model generationComplete turnComplete model generationComplete turnComplete',
        never: ['interrupted'],
      },
    },
    {
      name: 'Interruption by the start of activity can be asked for by name',
      emulator: { speed: 5 },
      script: async (caller) => {
        const line = await caller.connect(
          detecting({ silenceDurationMs: 300 }, ActivityHandling.START_OF_ACTIVITY_INTERRUPTS),
        );
        line.ask('Ana: Tell me in five sentences who you are.');
        await line.gets('model', 2);
        await line.say(caller.sentence);
        await line.turns(1);
      },
      expect: { order: 'model interrupted turnComplete' },
    },
    {
      name: 'Deprecated media chunks carry speech, and it is answered in text where that was asked for',
      models: ({ modalities }) => modalities.includes('TEXT'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect({ ...quick, responseModalities: [Modality.TEXT] });
        const data = Buffer.from(bytesOf(caller.sentence)).toString('base64');
        line.send({ media: { data, mimeType: `audio/pcm;rate=${SPEECH_RATE}` } });
        line.send({ audioStreamEnd: true });
        await line.turns(1);
      },
      expect: { order: 'setupComplete model generationComplete turnComplete', holds: [answer(/\S/)] },
    },
    {
      name: 'Vertex AI tells of activity where signals were asked for',
      services: ['vertex'],
      models: ({ id }) => id.includes('2.'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect({ ...quick, explicitVadSignal: true });
        await line.say(caller.sentence);
        await line.say(caller.silence(1));
        await line.turns(1);
      },
      expect: {
        holds: [
          property(
            'activity',
            ({ messages }) => messages.flatMap((message) => message.voiceActivity?.voiceActivityType ?? []),
            ['ACTIVITY_START', 'ACTIVITY_END'],
          ),
        ],
      },
    },
    {
      name: 'Nothing is told of activity where no signals were asked for',
      script: async (caller) => {
        const line = await caller.connect(quick);
        await line.say(caller.sentence);
        await line.say(caller.silence(1));
        await line.turns(1);
      },
      expect: { never: ['voiceActivity'] },
    },
  ],
};
