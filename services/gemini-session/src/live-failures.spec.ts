import { scaledClock } from '@studio/live-emulator';
import type { FaultInput, LiveEmulator } from '@studio/live-emulator';
import { afterEach, describe, expect, it } from 'vitest';
import type { Meeting } from './testing/meeting.ts';
import { Stage } from './testing/service.ts';
import { utterance } from './testing/synthetic-speech.ts';
import { until } from './testing/until.ts';

/** Everything runs 10 times as fast as in a real room; the service has its usual patience. */
const SPEED = 10;
const SERVICE = { latencyMs: 200, setupDelayMs: 50 };

let stage = new Stage(scaledClock(SPEED));
afterEach(async () => {
  await stage.close();
  stage = new Stage(scaledClock(SPEED));
});

/** A meeting in which a first question has been answered: the session can be resumed. */
async function begin(env: NodeJS.ProcessEnv = {}) {
  const { live, meeting, ana } = await stage.begin(SERVICE, { LIVE_REFUSED_RETRY_MS: '5000', ...env });
  meeting.room.chat(ana.actor, 'The number is seven.');
  await until(async () => expect(await meeting.note()).toMatchObject({ known: { seq: 2 } }));
  await meeting.listening();
  return { live, meeting, ana };
}

/** What Gemini was told, but for the first question. */
const textsOf = (live: LiveEmulator) =>
  live
    .sessions()
    .flatMap(({ texts }) => texts.map(({ text }) => text))
    .slice(1);
const setupsOf = (live: LiveEmulator) => live.sessions().reduce((sum, { setups }) => sum + setups.length, 0);

/** What Gemini said after its first answer, as the conversation keeps it: whole answers, and such that were cut off. */
function answers(meeting: Meeting) {
  const said = meeting.room.events
    .flatMap(({ actor, body }) => (actor.kind === 'ai' && body.type === 'speech' ? body : []))
    .slice(1);
  return {
    whole: said.filter(({ interrupted }) => !interrupted).map(({ text }) => text),
    cutOff: said.filter(({ interrupted }) => interrupted).map(({ text }) => text),
  };
}

const always = { times: 'always' } as const;

describe('a room without Gemini', () => {
  it.each<[string, FaultInput, RegExp]>([
    ['a refused key (401)', { fault: 'refuse', status: 401, ...always }, /key or account/],
    ['a refused account (403)', { fault: 'refuse', status: 403, ...always }, /key or account/],
    [
      'a refused key (1008)',
      { fault: 'refuse', code: 1008, reason: 'API key not valid. Please pass a valid API key.', ...always },
      /key or account/,
    ],
    ['an unknown model', { fault: 'unknown-model', ...always }, /does not know the configured model/],
    ['a used up quota', { fault: 'quota', ...always }, /quota/],
    ['too many requests (429)', { fault: 'refuse', status: 429, ...always }, /quota/],
    ['an outage', { fault: 'outage' }, /cannot be reached/],
    ['a service in trouble (503)', { fault: 'refuse', status: 503, ...always }, /cannot be reached/],
    ['a service that never gets ready', { fault: 'setup-hangs', ...always }, /too long/],
  ])(
    '%s: goes on, says why, and Gemini comes back with all that was said meanwhile',
    async (_, fault, reason) => {
      const { live, meeting, ana } = await begin();
      live.faults.inject(fault);
      live.faults.inject({ fault: 'drop' });
      await until(() => expect(meeting.status()?.state).toBe('unavailable'));
      expect(meeting.status()?.reason).toMatch(reason);
      meeting.room.chat(ana.actor, 'Between us: eight.');

      live.faults.clear();
      await meeting.listening();
      expect(meeting.status()?.reason).toBeNull();
      meeting.room.chat(ana.actor, 'Are you there?');
      await until(() => expect(answers(meeting).whole).toHaveLength(1));
      expect(live.sessions()).toHaveLength(1);
      expect(textsOf(live)).toEqual(['Ana: Between us: eight.', 'Ana: Are you there?']);
      expect(meeting.notices()).toEqual([]);
    },
  );

  it('that Gemini refuses in the middle of an answer is told, and comes back', async () => {
    const { live, meeting, ana } = await begin();
    live.faults.inject({ fault: 'quota', on: 'turn' });
    const id = live.faults.inject({ fault: 'quota', ...always });
    meeting.room.chat(ana.actor, 'Tell me a story.');
    await until(() => expect(meeting.status()).toMatchObject({ state: 'unavailable', reason: /quota/ }));
    live.faults.clear(id);
    await meeting.listening();
    meeting.room.chat(ana.actor, 'Are you there?');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
  });
});

describe('an answer that does not come to its end', () => {
  it.each<[string, FaultInput]>([
    ['stops with the socket open', { fault: 'stall', on: 'turn' }],
    ['stops because the service takes nothing any more', { fault: 'freeze', on: 'turn' }],
    ['is cut off with the connection', { fault: 'drop', on: 'turn', after: '2000ms' }],
    ['is ended with an error', { fault: 'close', code: 1011, on: 'turn', after: '2000ms' }],
    ['is ended with an invalid argument', { fault: 'close', code: 1007, on: 'turn', after: '2000ms' }],
    ['ends in a message that is no JSON', { fault: 'malformed', on: 'turn', after: '1000ms' }],
  ])('because it %s, begins again in the place of the first one, and is kept once', async (_, fault) => {
    const { live, meeting, ana } = await begin();
    live.faults.inject(fault);
    meeting.room.chat(ana.actor, 'What is the plan for the launch next week?');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    await meeting.listening();
    expect(answers(meeting).cutOff).toEqual([]);
    expect(textsOf(live)).toEqual(Array(2).fill('Ana: What is the plan for the launch next week?'));
    expect(live.sessions()).toHaveLength(1);
    expect(setupsOf(live)).toBe(2);
    const keys = meeting.signals.flatMap((signal) => (signal.type === 'transcript' ? signal.key : []));
    // One for each answer.
    expect(new Set(keys).size).toBe(2);
    expect(meeting.room.events.filter(({ key }) => keys.includes(key))).toHaveLength(2);
  });

  it('to something spoken begins again from the same words, which are kept once', async () => {
    const { live, meeting, ana } = await begin();
    live.faults.inject({ fault: 'stall', on: 'turn' });
    meeting.say(ana, utterance());
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    expect(meeting.room.speeches().map((line) => line.split(':')[0])).toEqual(['Gemini', 'Ana', 'Gemini']);
    const [session] = live.sessions();
    expect(session?.activities).toHaveLength(2);
    expect(session?.activities[1]?.seconds).toBeCloseTo(session!.activities[0]!.seconds, 1);
  });

  it('is given up after the second time, and Gemini is there for the next question', async () => {
    const { live, meeting, ana } = await begin();
    const id = live.faults.inject({ fault: 'close', code: 1011, on: 'turn', after: '1000ms', ...always });
    meeting.room.chat(ana.actor, 'A question that ends every connection.');
    await until(() => expect(answers(meeting).cutOff).toHaveLength(1));
    live.faults.clear(id);
    await meeting.listening();
    const given = textsOf(live).filter((text) => text === 'Ana: A question that ends every connection.');
    expect(given.length).toBeLessThanOrEqual(3);
    meeting.room.chat(ana.actor, 'Are you there?');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    expect(answers(meeting).cutOff).toHaveLength(1);
  });
});

describe('a question', () => {
  it('that a silent service takes without a word is given to another connection, and answered once', async () => {
    const { live, meeting, ana } = await begin();
    live.faults.inject({ fault: 'freeze' });
    meeting.room.chat(ana.actor, 'Are you there?');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    await meeting.listening();
    // The session goes on from the handle: nothing has to be told anew but the question.
    expect(live.sessions()).toHaveLength(1);
    expect(live.sessions()[0]!.connections.at(-1)!.resumed).toBe(true);
    expect(textsOf(live).filter((text) => text === 'Ana: Are you there?')).toHaveLength(1);
    expect(meeting.notices()).toEqual([]);
  });

  it('that Gemini says nothing to is not asked again', async () => {
    const { live, meeting, ana } = await begin();
    live.faults.inject({ fault: 'empty-turn' });
    meeting.room.chat(ana.actor, 'One.');
    await until(() => expect(live.sessions()[0]!.turns).toBe(2));
    await meeting.listening();
    meeting.room.chat(ana.actor, 'Two.');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    expect(textsOf(live)).toEqual(['Ana: One.', 'Ana: Two.']);
    expect(setupsOf(live)).toBe(1);
  });

  it('whose answer ends early has what came of it, and the next one its own', async () => {
    const { live, meeting, ana } = await begin();
    live.faults.inject({ fault: 'early-turn-complete', after: '500ms' });
    meeting.room.chat(ana.actor, 'What is the plan for the launch next week?');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    meeting.room.chat(ana.actor, 'Go on.');
    await until(() => expect(answers(meeting).whole).toHaveLength(2));
    expect(answers(meeting).cutOff).toEqual([]);
    expect(setupsOf(live)).toBe(1);
  });

  it('asked while the connection is being changed is answered, once', async () => {
    const { live, meeting, ana } = await begin();
    live.faults.inject({ fault: 'slow-setup', by: '4000ms' });
    live.faults.inject({ fault: 'go-away', timeLeft: '0s' });
    await until(() => expect(setupsOf(live)).toBe(2));
    meeting.room.chat(ana.actor, 'Are you there?');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    expect(textsOf(live)).toEqual(['Ana: Are you there?']);
  });
});

describe('a handle', () => {
  it.each<[string, FaultInput]>([
    ['is refused', { fault: 'handle-refused', times: 2 }],
    ['leads into a session that dies at once', { fault: 'poisoned-handle', times: 2 }],
  ])(
    'that %s, twice, is given up for a new session that knows the conversation, and the room is told',
    async (_, fault) => {
      const { live, meeting, ana } = await begin();
      live.faults.inject(fault);
      live.faults.inject({ fault: 'drop' });
      await until(() => expect(meeting.notices()).toHaveLength(1));
      await meeting.listening();
      expect(live.sessions()).toHaveLength(2);
      await until(() => expect(textsOf(live)[0]).toContain('Ana: The number is seven.'));
      meeting.room.chat(ana.actor, 'Are you there?');
      await until(() => expect(answers(meeting).whole).toHaveLength(1));
      expect(meeting.notices()).toHaveLength(1);
    },
  );
});

describe('the connection', () => {
  it('is changed at its age, before the service cuts it, and never in the middle of an answer', async () => {
    const { live, meeting, ana } = await begin({ LIVE_ROTATE_MS: '30000' });
    meeting.room.chat(ana.actor, 'What is the plan for the launch next week?');
    await until(() => expect(setupsOf(live)).toBeGreaterThanOrEqual(3));
    expect(answers(meeting)).toMatchObject({ cutOff: [], whole: [expect.any(String)] });
    expect(live.sessions()).toHaveLength(1);
    expect(textsOf(live)).toHaveLength(1);
    expect(stage.logged.filter((line) => line.includes('"cause":"its age"')).length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it('logs each change of its state once, with the cause, and nothing that was said', async () => {
    const { live, meeting, ana } = await begin();
    meeting.room.chat(ana.actor, 'Top secret.');
    await until(() => expect(answers(meeting).whole).toHaveLength(1));
    await meeting.listening();
    live.faults.inject({ fault: 'go-away', timeLeft: '0s' });
    const phases = () => stage.logged.flatMap((line) => /"phase":"([a-z-]+)"/.exec(line)?.[1] ?? []);
    await until(() => expect(phases()).toHaveLength(6));
    expect(phases()).toEqual(['connecting', 'seeding', 'ready', 'rotating', 'seeding', 'ready']);
    expect(stage.logged.join('\n')).not.toContain('Top secret');
  });
});
