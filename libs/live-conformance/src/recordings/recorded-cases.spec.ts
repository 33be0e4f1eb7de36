import { describe, expect, it } from 'vitest';
import { EMULATOR, emulatedSpeech } from '../command/emulator-source.ts';
import { readRecordings } from '../command/read-recordings.ts';
import { instancesOf } from '../run/instances.ts';
import type { Outcome } from '../run/run-case.ts';
import { runCase } from '../run/run-case.ts';
import { recordedSession } from '../testing/recorded-session.ts';
import { readRecording } from './read-recording.ts';
import { recordedCases } from './recorded-cases.ts';

const setup = {
  setup: {
    model: 'models/gemini-live-2.5-flash-preview',
    generationConfig: { responseModalities: ['TEXT'] },
  },
};
const ready = ['<', { setupComplete: {} }] as const;
const hello = ['>', { realtimeInput: { text: 'Grüße! Is anybody here?' } }] as const;
const piece = (text: string, more: object = {}) =>
  ['<', { serverContent: { modelTurn: { parts: [{ text, ...more }] } } }] as const;

async function replay(frames: Parameters<typeof recordedSession>[0]): Promise<Outcome> {
  const recording = readRecording('live_ML_Dev_should_greet.websocket.log', recordedSession(frames));
  const [instance] = instancesOf([recordedCases([recording])], recording.service);
  return runCase(instance!, EMULATOR, emulatedSpeech);
}

function differences(outcome: Outcome): string[] {
  return outcome.result === 'failed' ? outcome.differences.map(({ what }) => what) : [outcome.result];
}

describe('a recorded session that is replayed', () => {
  it('passes where the messages have the form and the order that were recorded', async () => {
    expect(await replay([['>', setup], ready, hello, piece('I am'), piece(' here.')])).toMatchObject({
      result: 'passed',
      tolerated: [],
    });
  });

  it('shows a field that does not come any more', async () => {
    const recorded = [['>', setup], ready, hello, piece('Hm', { thought: true }), piece('Yes.')] as const;
    expect(differences(await replay(recorded))).toEqual(
      expect.arrayContaining(['order', expect.stringContaining('thought')]),
    );
  });

  it('shows chunks of another length', async () => {
    const chunk = (bytes: number) =>
      [
        '<',
        {
          serverContent: {
            modelTurn: {
              parts: [
                {
                  inlineData: {
                    mimeType: 'audio/pcm;rate=24000',
                    data: Buffer.alloc(bytes).toString('base64'),
                  },
                },
              ],
            },
          },
        },
      ] as const;
    const spoken = { setup: { model: setup.setup.model } };
    const outcome = await replay([['>', spoken], ready, hello, chunk(9_600), chunk(4_800)]);
    expect(differences(outcome)).toEqual(['chunks of voice']);
  });
});

it('refuses a session that was recorded with a model that is not known', () => {
  const file = recordedSession([['>', { setup: { model: 'models/gemini-0' } }], ready]);
  const recording = readRecording('live_ML_Dev_should_greet.websocket.log', file);
  expect(() => recordedCases([recording])).toThrow(/gemini-0/);
});

const folder = process.env['LIVE_RECORDINGS'];
if (folder !== undefined) {
  const group = recordedCases(await readRecordings(folder));
  const instances = (['developer', 'vertex'] as const).flatMap((service) => instancesOf([group], service));
  describe('the recorded sessions of LIVE_RECORDINGS', () => {
    it.each(instances.map((instance) => [instance.title, instance] as const))('%s', async (_, instance) => {
      const outcome = await runCase(instance, EMULATOR, emulatedSpeech);
      expect(outcome.result === 'failed' ? outcome.differences : []).toEqual([]);
    });
  });
}
