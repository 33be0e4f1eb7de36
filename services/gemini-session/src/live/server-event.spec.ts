import type { LiveServerMessage } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { serverEvents } from './server-event.ts';

/** A message as the SDK gives it out: what was in the JSON, on an object of its class. */
const message = (json: object) => json as LiveServerMessage;
const audio = (bytes: number, mimeType = 'audio/pcm;rate=24000') => ({
  inlineData: { mimeType, data: Buffer.alloc(bytes, 1).toString('base64') },
});

describe('a message of the service', () => {
  it('gives everything that is in it, each on its own', () => {
    const events = serverEvents(
      message({
        serverContent: {
          modelTurn: { parts: [audio(4), { text: 'ignored' }, audio(6, 'audio/pcm')] },
          inputTranscription: { text: 'hello' },
          outputTranscription: { text: 'Hi' },
          generationComplete: true,
          turnComplete: true,
        },
        sessionResumptionUpdate: { newHandle: 'h', resumable: true },
        goAway: { timeLeft: '50s' },
        usageMetadata: { totalTokenCount: 3 },
      }),
    );
    expect(events).toEqual([
      { type: 'inputText', text: 'hello' },
      { type: 'audio', pcm: Buffer.alloc(4, 1), rate: 24_000 },
      { type: 'audio', pcm: Buffer.alloc(6, 1), rate: 24_000 },
      { type: 'outputText', text: 'Hi' },
      { type: 'generationComplete' },
      { type: 'usage', usage: { totalTokenCount: 3 } },
      { type: 'turnComplete' },
      { type: 'handle', handle: 'h' },
      { type: 'goAway', timeLeftMs: 50_000 },
    ]);
  });

  it('puts an interruption first, and drops the audio beside it', () => {
    const events = serverEvents(
      message({ serverContent: { modelTurn: { parts: [audio(4)] }, turnComplete: true, interrupted: true } }),
    );
    expect(events).toEqual([{ type: 'interrupted' }, { type: 'turnComplete' }]);
  });

  it('keeps the former handle when the session cannot be resumed now', () => {
    expect(serverEvents(message({ sessionResumptionUpdate: { newHandle: '', resumable: false } }))).toEqual(
      [],
    );
  });

  it('gives the words of a session that answers in writing, without its thoughts', () => {
    const parts = [{ text: 'Let me think.', thought: true }, { text: 'Good ' }, { text: 'morning' }];
    expect(serverEvents(message({ serverContent: { modelTurn: { parts } } }))).toEqual([
      { type: 'outputText', text: 'Good morning' },
    ]);
  });

  it('has nothing to say when it is empty or holds what is not known', () => {
    expect(serverEvents(message({}))).toEqual([]);
    expect(serverEvents(message({ setupComplete: {} }))).toEqual([]);
    expect(
      serverEvents(message({ serverContent: { outputTranscription: {}, modelTurn: { parts: [{}] } } })),
    ).toEqual([]);
    expect(serverEvents(message({ goAway: {} }))).toEqual([{ type: 'goAway', timeLeftMs: 0 }]);
  });
});
