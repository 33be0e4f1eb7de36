import type { CaseGroup, ConformanceCase } from './case.ts';

/** A frame in the place of the first one. */
function instead(of: string, frame: unknown, reason?: RegExp): ConformanceCase {
  return {
    name: `${of} in the place of the setup ends the connection`,
    script: async (caller) => {
      const line = await caller.raw();
      line.send(frame);
      await line.ended();
    },
    expect: { close: { code: [1007, 1008], ...(reason ? { reason } : {}) }, never: ['setupComplete'] },
  };
}

/** A setup with something wrong in it. */
function badSetup(what: string, setup: object, reason?: RegExp): ConformanceCase {
  return {
    name: `A setup with ${what} is refused`,
    script: async (caller) => {
      const line = await caller.raw();
      line.send({ setup: { model: caller.modelName, ...setup } });
      await line.ended();
    },
    expect: { close: { code: [1007], ...(reason ? { reason } : {}) }, never: ['setupComplete'] },
  };
}

/** A frame after the setup. */
function afterSetup(what: string, frame: unknown, reason?: RegExp): ConformanceCase {
  return {
    name: `${what} ends the connection`,
    script: async (caller) => {
      const line = await caller.rawSetUp();
      line.send(frame);
      await line.ended();
    },
    expect: { close: { code: [1007], ...(reason ? { reason } : {}) } },
  };
}

const audio = (data: string, mimeType: string) => ({ realtimeInput: { audio: { data, mimeType } } });

export const FRAMES: CaseGroup = {
  title: 'frames that no SDK sends',
  cases: [
    instead('A frame that is no JSON', '{oops', /json/i),
    instead('An unknown message', { hello: 1 }, /unknown name "?hello/i),
    instead('An empty message', {}),
    instead('Content', { clientContent: { turnComplete: true } }, /setup/i),
    instead('Audio', audio('AAAA', 'audio/pcm'), /setup/i),
    instead('JSON without a bottom', '['.repeat(100) + ']'.repeat(100)),
    badSetup('an unknown field', { loud: true }, /unknown name "?loud/i),
    badSetup(
      'an unknown field of its generation',
      { generationConfig: { loud: true } },
      /unknown name "?loud/i,
    ),
    badSetup(
      'an unknown modality',
      { generationConfig: { responseModalities: ['SMELL'] } },
      /invalid value|argument/i,
    ),
    badSetup('a temperature out of range', { generationConfig: { temperature: 9 } }),
    badSetup('a number as a word', { generationConfig: { temperature: 'warm' } }, /invalid value|argument/i),
    badSetup('two modalities', { generationConfig: { responseModalities: ['AUDIO', 'TEXT'] } }),
    afterSetup('A second setup', { setup: { model: 'models/gemini-3.8-live' } }, /setup/i),
    afterSetup('A frame that is no JSON after the setup', '{oops', /json/i),
    afterSetup('An unknown message after the setup', { hello: 1 }, /unknown name "?hello/i),
    afterSetup('Audio of another kind than PCM', audio('AAA=', 'audio/mp3')),
    afterSetup('Audio of an odd number of bytes', audio('AAAA', 'audio/pcm')),
    afterSetup('Audio that is no base64', audio('!!!', 'audio/pcm'), /invalid value|base64|argument/i),
    {
      name: 'Fields may be written in snake_case',
      script: async (caller) => {
        const line = await caller.raw();
        line.send({
          setup: {
            model: caller.modelName,
            generation_config: { response_modalities: ['AUDIO'] },
            output_audio_transcription: {},
            realtime_input_config: { automatic_activity_detection: { disabled: true } },
          },
        });
        await line.gets('setupComplete');
        line.send({
          client_content: {
            turns: [{ role: 'user', parts: [{ text: 'Ana: Who are you?' }] }],
            turn_complete: true,
          },
        });
        await line.gets('turnComplete');
      },
      expect: { order: 'setupComplete (model|transcript)+ generationComplete turnComplete' },
    },
    {
      name: 'Frames may be binary',
      script: async (caller) => {
        const line = await caller.raw();
        line.send(Buffer.from(JSON.stringify({ setup: { model: caller.modelName } })));
        await line.gets('setupComplete');
      },
      expect: { order: 'setupComplete' },
    },
    {
      name: 'Numbers may be written as strings, as Protocol Buffers write large ones',
      script: async (caller) => {
        await caller.rawSetUp({
          contextWindowCompression: { triggerTokens: '25000', slidingWindow: { targetTokens: '8000' } },
        });
      },
      expect: { order: 'setupComplete' },
    },
    {
      name: 'Fields that are null are as if they were not there',
      script: async (caller) => {
        await caller.rawSetUp({ systemInstruction: null, tools: null, generationConfig: null });
      },
      expect: { order: 'setupComplete' },
    },
    {
      name: 'A frame larger than any message ends the connection',
      emulatorOnly: 'no need to send 13 MiB to Google',
      script: async (caller) => {
        const line = await caller.raw();
        line.send('x'.repeat(13 * 1024 * 1024));
        await line.ended();
      },
      expect: { close: { code: [1009] } },
    },
  ],
};
