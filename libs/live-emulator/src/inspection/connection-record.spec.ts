import { describe, expect, it } from 'vitest';
import type { UntimedEvent } from './connection-record.ts';
import { ConnectionRecord } from './connection-record.ts';

const SECOND = 1000;

function record(keepAudioSeconds = 0) {
  let now = 0;
  const events: UntimedEvent[] = [];
  const setup = { model: 'models/m', sessionResumption: { handle: 'emulated-1234567890' } };
  const kept = new ConnectionRecord(setup, {
    clock: { now: () => now, after: () => () => undefined },
    keepAudioSeconds,
    log: (event) => events.push(event),
  });
  return { kept, events, at: (ms: number) => (now = ms) };
}

const sound = (seconds: number, rate = 16_000, level = 1000) => ({
  samples: new Int16Array(seconds * rate).fill(level),
  rate,
});

describe('ConnectionRecord', () => {
  it('tells what came and when, with the handle cut short', () => {
    const { kept, at } = record();
    at(5 * SECOND);
    kept.audio(sound(0.02));
    at(6 * SECOND);
    kept.audio(sound(0.04, 24_000));
    kept.text('realtimeInput', 'user', 'Hello');
    kept.toolResponse({ id: 'fc-1', response: { output: 1 } }, true);
    kept.toolResponse({ name: 'look' }, false);
    at(8 * SECOND);
    kept.activity({ offsetMs: 0, seconds: 1.5, dbfs: -20 }, 2 * SECOND);
    kept.turn({ text: 'Yes.', spokenSeconds: 0.5, totalTokens: 10, interrupted: true });
    kept.disconnected(1000, 'bye');
    expect(kept.report).toMatchObject({
      setup: { sessionResumption: { handle: 'emulated-123…' } },
      resumed: true,
      openedAt: 0,
      closedAt: 8 * SECOND,
      closed: { code: 1000, reason: 'bye' },
      firstAudioAt: 5 * SECOND,
      lastAudioAt: 6 * SECOND,
      audioFrames: 2,
      activities: [{ startedAt: 6 * SECOND, endedAt: 7.5 * SECOND, seconds: 1.5, dbfs: -20 }],
      texts: [{ at: 6 * SECOND, text: 'Hello' }],
      toolResponses: [
        { id: 'fc-1', name: null, response: { output: 1 }, taken: true },
        { id: null, name: 'look', response: {}, taken: false },
      ],
      turns: [{ at: 8 * SECOND, text: 'Yes.', interrupted: true }],
    });
    expect(kept.report.receivedAudioSeconds).toBeCloseTo(0.06);
    expect(kept.sums).toMatchObject({
      turns: 1,
      interruptions: 1,
      toolResponses: 2,
      heardSpeechSeconds: 1.5,
    });
  });

  it('logs nothing that was said', () => {
    const { kept, events } = record();
    kept.text('clientContent', 'user', 'a secret');
    kept.turn({ text: 'a secret', spokenSeconds: 0, totalTokens: 0, interrupted: false });
    expect(events.map(({ event }) => event)).toEqual(['text', 'turn']);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('counts the pictures beyond one a second, and forgives one that comes early', () => {
    const { kept, at } = record();
    for (const ms of [0, 1000, 1900, 3000, 4000]) {
      at(ms);
      kept.picture(1, 1);
    }
    expect(kept.report.picturesOverRate).toBe(0);
    for (const ms of [4100, 4200, 4300, 4400]) {
      at(ms);
      kept.picture(1, 1);
    }
    expect(kept.report.picturesOverRate).toBe(3);
  });

  it('keeps the latest sound, with the time of each piece, at 16 kHz', () => {
    const { kept, at } = record(0.5);
    for (let i = 0; i < 10; i += 1) {
      at(i * 100);
      kept.audio(sound(0.1, 16_000, i));
    }
    expect(kept.frames.map((frame) => frame.at)).toEqual([500, 600, 700, 800, 900]);
    expect(kept.frames.map(({ samples }) => samples[0])).toEqual([5, 6, 7, 8, 9]);
  });

  it('resamples what comes at another rate', () => {
    const { kept } = record(10);
    for (let i = 0; i < 10; i += 1) kept.audio(sound(0.1, 48_000));
    const samples = kept.frames.reduce((sum, frame) => sum + frame.samples.length, 0);
    expect(samples / 16_000).toBeCloseTo(1, 1);
    expect(kept.frames.at(-1)?.samples.at(-1)).toBeCloseTo(1000, -1);
  });

  it('keeps no sound unless it is asked for', () => {
    const { kept } = record();
    kept.audio(sound(1));
    expect(kept.frames).toEqual([]);
  });
});
