import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FunctionResponse, LiveSendToolResponseParameters, Modality } from '@google/genai';
import type { LiveEmulator } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import { SdkProbe } from '../testing/sdk-probe.ts';

const HALF_CASCADE = 'gemini-live-2.5-flash-preview';
const LIVE = 'gemini-3.8-live';

let emulator: LiveEmulator;
let probe: SdkProbe | null = null;
beforeEach(async () => {
  emulator = await startLiveEmulator({ speed: 20 });
});
afterEach(async () => {
  probe?.session.close();
  await emulator.close();
});

const developer = () => ({ apiKey: 'k', httpOptions: { baseUrl: emulator.url, apiVersion: 'v1beta' } });

describe('a text turn through the SDK, Developer API', () => {
  it('is answered in text, in several parts without a role, where text was asked for', async () => {
    probe = await SdkProbe.connect(developer(), HALF_CASCADE, { responseModalities: [Modality.TEXT] });
    probe.session.sendRealtimeInput({ text: 'Ana: Who are you?' });
    await probe.turns(1);
    expect(probe.shape).toEqual(['setupComplete', 'model', 'generationComplete', 'turnComplete+usage']);
    expect(probe.writtenText).toContain('offline emulator');
    const turns = probe.messages.flatMap((message) => message.serverContent?.modelTurn ?? []);
    expect(turns.length).toBeGreaterThan(1);
    expect(turns.every((turn) => turn.role === undefined)).toBe(true);
  });

  it('is answered by voice in chunks of 200 ms and then 240 ms, ahead of time, transcript apart on 2.x', async () => {
    probe = await SdkProbe.connect(developer(), HALF_CASCADE, {
      responseModalities: [Modality.AUDIO],
      outputAudioTranscription: {},
    });
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    expect(probe.audioChunks[0]).toBe(9600);
    expect(new Set(probe.audioChunks.slice(1, -1))).toEqual(new Set([11_520]));
    expect(probe.spokenText).toBe('I know of one person here: Ana.');
    expect(probe.shape.slice(0, 4)).toEqual(['setupComplete', 'transcript', 'model', 'transcript']);
    expect(probe.shape.slice(-2)).toEqual(['generationComplete', 'turnComplete+usage']);
  });

  it('comes with voice and transcript in one message on 3.x', async () => {
    probe = await SdkProbe.connect(developer(), LIVE, { outputAudioTranscription: {} });
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    expect(probe.shape).toContain('model+transcript');
    expect(probe.shape).not.toContain('transcript');
    expect(probe.spokenText).toBe('I know of one person here: Ana.');
  });

  it('comes without transcript where none was asked for', async () => {
    probe = await SdkProbe.connect(developer(), LIVE, {});
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    expect(probe.shape).toEqual(['setupComplete', 'model', 'generationComplete', 'turnComplete+usage']);
  });

  it('waits for the end of the turn and answers from the history before it', async () => {
    probe = await SdkProbe.connect(developer(), LIVE, { outputAudioTranscription: {} });
    probe.session.sendClientContent({
      turns: [
        { role: 'user', parts: [{ text: 'Ana: The budget for the portal is forty thousand euros.' }] },
        { role: 'user', parts: [{ text: 'Ben: We launch the portal in November.' }] },
      ],
      turnComplete: false,
    });
    probe.ask('Cem: What did Ben say?');
    await probe.turns(1);
    expect(probe.spokenText).toBe('Ben wrote: We launch the portal in November.');
    expect(probe.messages.filter((message) => message.serverContent?.turnComplete)).toHaveLength(1);
  });

  it('is billed with everything before it: 25 tokens a second of voice, and the sum adds up', async () => {
    probe = await SdkProbe.connect(developer(), LIVE, {});
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    probe.ask('Ana: And what are the main points?');
    await probe.turns(2);
    const [first, second] = probe.messages.flatMap(({ usageMetadata }) => usageMetadata ?? []);
    const seconds = probe.audioChunks.reduce((sum, bytes) => sum + bytes, 0) / 48_000;
    const spoken = (first?.responseTokenCount ?? 0) + (second?.responseTokenCount ?? 0);
    expect(Math.abs(spoken - seconds * 25)).toBeLessThanOrEqual(2);
    expect(first?.totalTokenCount).toBe((first?.promptTokenCount ?? 0) + (first?.responseTokenCount ?? 0));
    expect(second?.promptTokenCount).toBeGreaterThan(first?.totalTokenCount ?? Infinity);
    expect(first?.responseTokensDetails).toEqual([
      { modality: 'AUDIO', tokenCount: first?.responseTokenCount },
    ]);
  });

  it('interrupts an answer: interrupted, turn complete, and no generation complete for it', async () => {
    probe = await SdkProbe.connect(developer(), LIVE, {});
    probe.ask('Ana: Who are you?');
    await probe.until(() => (probe?.audioChunks.length ?? 0) > 2);
    probe.ask('Ana: Stop. Who is here?');
    await probe.turns(2);
    expect(probe.shape).toEqual([
      'setupComplete',
      'model',
      'interrupted',
      'turnComplete+usage',
      'model',
      'generationComplete',
      'turnComplete+usage',
    ]);
    expect(emulator.sessions()).toMatchObject([{ turns: 2, interruptions: 1 }]);
  });

  it('takes tool answers, and updates of the context where the model does', async () => {
    probe = await SdkProbe.connect(developer(), LIVE, {
      tools: [{ functionDeclarations: [{ name: 'save_note', parametersJsonSchema: { type: 'object' } }] }],
    });
    const response = Object.assign(new FunctionResponse(), {
      id: 'fc-1',
      name: 'save_note',
      response: { ok: true },
    });
    const answer = new LiveSendToolResponseParameters();
    answer.functionResponses = [response];
    probe.session.sendToolResponse(answer);
    probe.session.sendContextUpdate({ systemInstruction: { parts: [{ text: 'Be brief.' }] } });
    probe.ask('Ana: Who is here?');
    await probe.turns(1);
    expect(emulator.sessions()).toMatchObject([{ toolResponses: 1, turns: 1 }]);
  });
});

describe('a connection through the SDK, Developer API', () => {
  it('fails with the reason where the key, the model or the voice is refused', async () => {
    await expect(
      SdkProbe.connect({ ...developer(), apiKey: ' ' }, LIVE, {}).then(() => 'connected'),
    ).rejects.toThrow();
    await expect(SdkProbe.connect(developer(), 'gemini-0', {})).rejects.toThrow(
      /1008.*models\/gemini-0 is not found/,
    );
    await expect(
      SdkProbe.connect(developer(), LIVE, {
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Nobody' } } },
      }),
    ).rejects.toThrow(/1007.*'Nobody' is not available/);
  });

  it('opens at every API version and under a path prefix', async () => {
    for (const [apiVersion, prefix] of [
      ['v1', ''],
      ['v1alpha', ''],
      ['v1beta', '/some/proxy'],
    ] as const) {
      const opened = await SdkProbe.connect(
        { apiKey: 'k', httpOptions: { baseUrl: emulator.url + prefix, apiVersion } },
        LIVE,
        {},
      );
      expect(opened.shape).toEqual(['setupComplete']);
      opened.session.close();
    }
  });
});
