import { MediaResolution, TurnCoverage } from '@google/genai';
import { promptTokens, spokenText } from '../matching/checks.ts';
import { atLeast } from '../matching/expected.ts';
import type { CaseGroup } from './case.ts';
import { GREY_JPEG, SHADED_PNG } from './picture-files.ts';

const transcribed = { outputAudioTranscription: {} };
const jpeg = { data: GREY_JPEG, mimeType: 'image/jpeg' };
const png = { data: SHADED_PNG, mimeType: 'image/png' };

const covering = (turnCoverage: TurnCoverage) => ({ realtimeInputConfig: { turnCoverage } });

export const PICTURES: CaseGroup = {
  title: 'pictures',
  cases: [
    {
      name: 'Pictures are part of the turn that follows them, at 258 tokens each',
      models: ({ id }) => id.startsWith('gemini-3'),
      onEachModel: true,
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.send({ video: jpeg });
        await caller.pause(1000);
        line.send({ video: jpeg });
        line.send({ text: 'Ana: What do you see?' });
        await line.turns(1);
      },
      expect: { holds: [promptTokens('VIDEO')(516), spokenText(/\w+/)] },
    },
    {
      name: 'A picture of low resolution costs 64 tokens',
      script: async (caller) => {
        const line = await caller.connect({ mediaResolution: MediaResolution.MEDIA_RESOLUTION_LOW });
        line.send({ video: jpeg });
        line.send({ text: 'Ana: What do you see?' });
        await line.turns(1);
      },
      expect: { holds: [promptTokens('VIDEO')(64)] },
    },
    {
      name: 'Of the pictures outside of activity one counts where a turn covers activity only',
      script: async (caller) => {
        const line = await caller.connect(covering(TurnCoverage.TURN_INCLUDES_ONLY_ACTIVITY));
        line.send({ video: jpeg });
        await caller.pause(1000);
        line.send({ video: jpeg });
        line.send({ text: 'Ana: What do you see?' });
        await line.turns(1);
      },
      expect: { holds: [promptTokens('VIDEO')(258)] },
    },
    {
      name: 'All audio counts where a turn covers all input',
      script: async (caller) => {
        const line = await caller.connect(covering(TurnCoverage.TURN_INCLUDES_ALL_INPUT));
        await line.say(caller.silence(4));
        await line.say(caller.sentence);
        line.send({ audioStreamEnd: true });
        await line.turns(1);
      },
      expect: { holds: [promptTokens('AUDIO')(atLeast(140))] },
    },
    {
      name: 'PNG is taken like JPEG',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.send({ video: png });
        line.send({ text: 'Ana: What do you see?' });
        await line.turns(1);
      },
      expect: { holds: [promptTokens('VIDEO')(258), spokenText(/\w+/)] },
    },
    {
      name: 'A picture may come as a deprecated media chunk',
      script: async (caller) => {
        const line = await caller.connect();
        line.send({ media: jpeg });
        line.send({ text: 'Ana: What do you see?' });
        await line.turns(1);
      },
      expect: { holds: [promptTokens('VIDEO')(258)] },
    },
    {
      name: 'A picture may be part of the content of a turn',
      script: async (caller) => {
        const line = await caller.connect(transcribed);
        line.session.sendClientContent({
          turns: [{ role: 'user', parts: [{ inlineData: jpeg }, { text: 'Ana: What do you see?' }] }],
        });
        await line.turns(1);
      },
      expect: { order: 'model generationComplete turnComplete', holds: [spokenText(/\w+/)] },
    },
    {
      name: 'A picture that is none ends the connection',
      script: async (caller) => {
        const line = await caller.connect();
        line.send({ video: { data: 'AAAA', mimeType: 'image/jpeg' } });
        await line.ended();
      },
      expect: { close: { code: [1007], reason: /image|argument/i } },
    },
  ],
};
