import { describe, expect, it } from 'vitest';
import { recordedSession } from '../testing/recorded-session.ts';
import { isRecording, readRecording } from './read-recording.ts';

const NAME = 'live_Vertex_should_say_something.websocket.log';

describe('readRecording', () => {
  it('tells the service, what was sent and what came, whatever characters are in it', () => {
    const file = recordedSession([
      ['>', { setup: { model: 'm' } }],
      ['<', { setupComplete: { sessionId: 'one' } }],
      ['>', { realtimeInput: { text: 'Zwölf Bäume <9 stehen\nda' } }],
      ['<', { serverContent: { turnComplete: true }, usageMetadata: {} }],
    ]);
    const recording = readRecording(NAME, file);
    expect(recording).toMatchObject({
      name: 'should say something',
      service: 'vertex',
      sent: [{ setup: { model: 'm' } }, { realtimeInput: { text: 'Zwölf Bäume <9 stehen\nda' } }],
    });
    expect(recording.received.shape).toEqual(['setupComplete', 'turnComplete+usage']);
    expect(recording.received.frames[0]?.text).toBe(
      '{\n  "setupComplete": {\n    "sessionId": "one"\n  }\n}\n',
    );
  });

  it('refuses what is no recording, or is cut short', () => {
    const file = recordedSession([['>', { setup: {} }]]);
    expect(() => readRecording('other.log', file)).toThrow(/not named/);
    expect(() => readRecording(NAME, Buffer.from('hello'))).toThrow(/no frame at byte 0/);
    expect(() => readRecording(NAME, file.subarray(0, -4))).toThrow(/cut short/);
    expect(isRecording('README.md')).toBe(false);
  });
});
