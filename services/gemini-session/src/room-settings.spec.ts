import type { LiveSettings } from '@studio/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { Meeting } from './testing/meeting.ts';
import { Stage } from './testing/service.ts';
import { until } from './testing/until.ts';

let stage = new Stage();
afterEach(async () => {
  await stage.close();
  stage = new Stage();
});

/** An emulator whose time runs fast. */
const FAST = { speed: 20, latencyMs: 200, setupDelayMs: 50 };

/** What of a setup the settings of a room reach. */
interface SentSetup {
  generationConfig?: {
    responseModalities?: string[];
    speechConfig?: { voiceConfig: { prebuiltVoiceConfig: { voiceName: string } } };
  };
  systemInstruction?: { parts: { text: string }[] };
  sessionResumption?: { handle?: string };
}

const voiceOf = ({ generationConfig }: SentSetup) =>
  generationConfig?.speechConfig?.voiceConfig.prebuiltVoiceConfig.voiceName;
const instructionOf = ({ systemInstruction }: SentSetup) => systemInstruction?.parts[0]?.text;

/** A room in which Ana has typed something and got an answer. */
async function begin(
  settings: Partial<LiveSettings> = {},
  env: NodeJS.ProcessEnv = {},
  setupDelayMs = FAST.setupDelayMs,
) {
  const live = await stage.emulator({ ...FAST, setupDelayMs });
  const meeting = await Meeting.start();
  const ana = await meeting.enter('Ana');
  meeting.room.setLive(ana.actor, settings);
  await stage.serve(meeting, live.url, { GEMINI_INSTRUCTION: 'Be polite.', ...env });
  const ask = async (text: string) => {
    const before = answers(meeting).length;
    meeting.room.chat(ana.actor, text);
    await until(() => expect(answers(meeting)).toHaveLength(before + 1));
  };
  const setups = () => live.sessions().flatMap((session) => session.setups as SentSetup[]);
  return { live, meeting, ana, ask, setups };
}

const answers = (meeting: Meeting) =>
  meeting.room.speeches().filter((speech) => speech.startsWith('Gemini: '));
const notices = (meeting: Meeting) =>
  meeting.room.events.flatMap(({ body }) => (body.type === 'gemini.notice' ? body.text : []));

describe('the settings of a room', () => {
  it('are those of the first connection: what the room says after what the operator says', async () => {
    const { ask, setups } = await begin({ voice: 'Kore', instruction: 'You are the moderator.' });
    await ask('Hello.');
    expect(setups().map(voiceOf)).toEqual(['Kore']);
    expect(instructionOf(setups()[0]!)).toMatch(
      /^You are Gemini, .*\n\nPeople talk to you: .*\n\nBe polite\.\n\nYou are the moderator\.$/s,
    );
  });

  it('change in the middle of the conversation: the next connection goes on with it', async () => {
    const { live, meeting, ana, ask, setups } = await begin();
    await ask('Remember the number seven.');
    meeting.room.setLive(ana.actor, { voice: 'Kore', instruction: 'Speak like a pirate.' });
    await until(() => expect(setups()).toHaveLength(2));
    await ask('What did I say?');
    expect(live.sessions()).toHaveLength(1);
    expect(setups().map(voiceOf)).toEqual(['Puck', 'Kore']);
    expect(instructionOf(setups()[1]!)).toContain('Speak like a pirate.');
    expect(setups()[1]!.sessionResumption?.handle).toBeTruthy();
    expect(notices(meeting)).toEqual([]);
  });

  it('change before anything was said, or while the connection is being made: nothing is lost by that', async () => {
    // Half a second, in which the first change comes.
    const { live, meeting, ana, ask, setups } = await begin({}, {}, 10_000);
    await until(() => expect(meeting.status()?.state).toBe('connecting'));
    meeting.room.setLive(ana.actor, { voice: 'Kore' });
    await until(() => expect(setups().map(voiceOf)).toEqual(['Puck', 'Kore']));
    meeting.room.setLive(ana.actor, { voice: 'Zephyr' });
    await until(() => expect(setups().map(voiceOf)).toEqual(['Puck', 'Kore', 'Zephyr']));
    await ask('Hello.');
    expect(live.sessions().map(({ openConnections }) => openConnections)).toEqual([0, 0, 1]);
    expect(notices(meeting)).toEqual([]);
  });

  it('name another model: it begins anew with what was said before, and says so', async () => {
    const { live, meeting, ana, ask } = await begin();
    await ask('Remember the number seven.');
    meeting.room.setLive(ana.actor, { model: 'gemini-3.1-flash-live-preview' });
    await until(() => expect(live.sessions()).toHaveLength(2));
    await ask('What did I say?');
    const [, next] = live.sessions();
    expect(next!.model).toBe('gemini-3.1-flash-live-preview');
    expect((next!.setups[0] as SentSetup).sessionResumption).toEqual({});
    expect(next!.texts[0]?.text).toContain('Ana: Remember the number seven.');
    expect(notices(meeting)).toEqual([expect.stringMatching(/new session/)]);
  });

  it('need no other connection where they are none of its business', async () => {
    const { live, meeting, ana, ask, setups } = await begin();
    await ask('Hello.');
    meeting.room.setLive(ana.actor, { floor: 'push-to-talk', budgetUsd: 5 });
    meeting.room.setLive(ana.actor, { voice: 'Kore' });
    await until(() => expect(setups()).toHaveLength(2));
    await ask('And now?');
    expect(setups()).toHaveLength(2);
    expect(live.sessions()).toHaveLength(1);
  });

  it('that the model does not take keep Gemini away, with the reason, until they are mended', async () => {
    const { live, meeting, ana, ask, setups } = await begin(
      { thinking: { budget: null, level: 'low' } },
      { LIVE_REFUSED_RETRY_MS: '3600000' },
    );
    await until(() => expect(meeting.status()?.state).toBe('unavailable'));
    expect(meeting.status()?.reason).toMatch(/^Gemini 3\.8 Live does not take a thinking level; .* do\.$/);
    expect(live.sessions()).toEqual([]);
    meeting.room.setLive(ana.actor, { thinking: { budget: null, level: null } });
    await until(() => expect(meeting.status()?.state).toBe('listening'));
    await ask('Hello.');
    expect(setups()).toHaveLength(1);
  });

  it('let Gemini answer in writing', async () => {
    const { meeting, ask, setups } = await begin({
      model: 'gemini-live-2.5-flash-preview',
      modality: 'TEXT',
    });
    await ask('What is the plan?');
    expect(setups()[0]!.generationConfig?.responseModalities).toEqual(['TEXT']);
    expect(setups().map(voiceOf)).toEqual([undefined]);
    expect(meeting.voice).toEqual([]);
  });
});
