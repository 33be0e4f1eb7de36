import { MediaKind } from '@studio/contracts';
import type { FloorAction, LiveSettings } from '@studio/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualTime } from './testing/manual-time.ts';
import { Meeting } from './testing/meeting.ts';
import type { Person } from './testing/meeting.ts';
import { OpenMicrophone } from './testing/open-microphone.ts';
import { GREY_JPEG } from './testing/picture.ts';
import { Stage } from './testing/service.ts';
import { speech } from './testing/synthetic-speech.ts';

let time = new ManualTime();
let stage = new Stage(time.clock);
afterEach(async () => {
  let closed = false;
  const closing = stage.close().finally(() => (closed = true));
  // An answer that is under way is waited for.
  await time.until(() => closed);
  await closing;
  time = new ManualTime();
  stage = new Stage(time.clock);
});

/** A room with two people and open microphones, and a model that hears the words given and answers each time with the same ones. */
async function begin(settings: Partial<LiveSettings>) {
  const words: string[] = [];
  const live = await stage.emulator({
    latencyMs: 300,
    mind: { plan: () => ({ say: 'Here is my answer.', heard: words.shift() ?? '' }) },
  });
  const meeting = await Meeting.start();
  const [ana, ben] = [await meeting.enter('Ana'), await meeting.enter('Ben')];
  meeting.room.setLive(ana.actor, settings);
  await stage.serve(meeting, live.url);
  await time.until(() => meeting.status()?.state === 'listening');
  const microphones = new Map(
    [ana, ben].map((person) => [person, new OpenMicrophone(time.clock, meeting, person)]),
  );
  /** Speaks, and resolves when the line is in the conversation. */
  const say = async (person: Person, text: string) => {
    words.push(text);
    microphones.get(person)!.say(speech(1));
    await time.until(() => meeting.room.speeches().includes(`${person.actor.name}: ${text}`));
  };
  const answers = () => meeting.room.speeches().filter((line) => line.startsWith('Gemini: '));
  const answered = (count: number) => time.until(() => answers().length === count);
  const act = (by: Person, floor: FloorAction) =>
    meeting.command({ type: 'floor', by: by.actor, source: by.source, floor });
  const ask = (by: Person) => meeting.command({ type: 'ask', by: by.actor });
  return { live, meeting, ana, ben, microphones, words, say, answers, answered, act, ask };
}

describe('when addressed', () => {
  it('a typed line without the name is known and not answered; one with it, or with Ask, is', async () => {
    const { live, meeting, ana, ben, answers, answered } = await begin({
      addressing: 'when-addressed',
    });
    meeting.room.chat(ana.actor, 'The budget is ten thousand euros.');
    await time.until(() => live.sessions()[0]!.texts.length === 1);
    await time.pass(2_000);
    expect(answers()).toEqual([]);
    expect(live.sessions()[0]!.turns).toBe(0);
    meeting.room.chat(ben.actor, 'Gemini, is that enough?');
    await answered(1);
    expect(live.sessions()[0]!.texts.map(({ text }) => text)).toEqual([
      'Ana: The budget is ten thousand euros.',
      'Ben: Gemini, is that enough?',
    ]);
    meeting.room.chat(ben.actor, 'And why?', { ask: true });
    await answered(2);
  });

  it('speech without the name is heard and not answered: nothing of what Gemini says is heard or kept', async () => {
    const { live, meeting, ana, say, answers } = await begin({ addressing: 'when-addressed' });
    await say(ana, 'Ben, what do you think?');
    await time.until(() => live.sessions()[0]!.interruptions === 1);
    await time.pass(5_000);
    expect(answers()).toEqual([]);
    expect(meeting.voice).toEqual([]);
    expect(meeting.states()).not.toContain('thinking');
    expect(meeting.states()).not.toContain('speaking');
  });

  it('speech with the name is answered at once', async () => {
    const { live, meeting, ana, say, answered } = await begin({ addressing: 'when-addressed' });
    await say(ana, 'Gemini, what do you think?');
    await answered(1);
    expect(live.sessions()[0]!.interruptions).toBe(0);
    expect(meeting.voice.length).toBeGreaterThan(2);
  });

  it('Ask makes Gemini answer what was said last', async () => {
    const { live, meeting, ana, ben, say, answers, answered, ask } = await begin({
      addressing: 'when-addressed',
    });
    await say(ana, 'Ben, what do you think?');
    await time.pass(3_000);
    expect(answers()).toEqual([]);
    await ask(ben);
    await answered(1);
    expect(live.sessions()[0]!.texts.at(-1)!.text).toContain('Ben asks you');
    expect(meeting.voice.length).toBeGreaterThan(2);
  });

  it('Ask while somebody speaks lets the answer to it through', async () => {
    const { live, meeting, ana, ben, microphones, words, answered, ask } = await begin({
      addressing: 'when-addressed',
    });
    words.push('How far is the moon?');
    microphones.get(ana)!.say(speech(2));
    await time.until(() => meeting.status()!.floor.speakers.length === 1);
    await ask(ben);
    await answered(1);
    expect(live.sessions()[0]!.interruptions).toBe(0);
    expect(live.sessions()[0]!.texts.map(({ text }) => text)).toEqual(['(Ana is speaking)']);
  });
});

describe('observer', () => {
  it('answers Ask alone', async () => {
    const { meeting, ana, say, answers, answered, ask } = await begin({ addressing: 'observer' });
    await say(ana, 'Gemini, what do you think?');
    meeting.room.chat(ana.actor, 'Gemini?');
    await time.pass(3_000);
    expect(answers()).toEqual([]);
    expect(meeting.voice).toEqual([]);
    await ask(ana);
    await answered(1);
  });
});

describe('the button', () => {
  it('gives the floor, tells everybody, and gives it back only with the grant that it was', async () => {
    const { live, meeting, ana, ben, act } = await begin({ floor: 'push-to-talk' });
    const { floor } = await act(ana, { action: 'press' });
    expect(floor).toMatchObject({ policy: 'push-to-talk', holder: ana.actor.id, queue: [] });
    expect((await act(ben, { action: 'press' })).floor.queue).toEqual([ben.actor.id]);
    expect((await act(ana, { action: 'release', grant: floor.grant - 1 })).floor.holder).toBe(ana.actor.id);
    await time.until(() => meeting.status()!.floor.speakers.includes(ana.actor.id));
    const next = (await act(ana, { action: 'release', grant: floor.grant })).floor;
    expect(next).toMatchObject({ holder: ben.actor.id, queue: [] });
    expect(next.grant).toBeGreaterThan(floor.grant);
    await meeting.leave(ben);
    await time.until(() => meeting.status()!.floor.holder === null);
    await time.until(() => live.sessions()[0]!.activities.length === 2);
    expect(live.sessions()[0]!.openConnections).toBe(1);
  });

  it('is given and taken by a moderator, to nobody who is not there', async () => {
    const { meeting, ana, ben, act } = await begin({ floor: 'push-to-talk' });
    expect((await act(ana, { action: 'give', to: ben.actor.id })).floor.holder).toBe(ben.actor.id);
    expect((await act(ana, { action: 'give', to: meeting.room.roomId })).floor.holder).toBe(ben.actor.id);
    expect((await act(ana, { action: 'take' })).floor.holder).toBeNull();
  });
});

describe('another floor policy', () => {
  it('takes effect in the middle of the meeting: the next connection finds speech by itself, and hears all', async () => {
    const { live, meeting, ana, ben, say, answered } = await begin({ floor: 'open' });
    await say(ana, 'One.');
    await answered(1);
    meeting.room.setLive(ana.actor, { floor: 'mix' });
    await time.until(() => live.sessions()[0]!.setups.length === 2);
    await say(ben, 'Two.');
    await answered(2);
    meeting.room.setLive(ana.actor, { floor: 'push-to-talk' });
    await time.until(() => live.sessions()[0]!.setups.length === 3);
    expect(meeting.status()!.floor.policy).toBe('push-to-talk');
    expect(live.sessions()).toHaveLength(1);
  });

  it('of a mix sees the camera of who spoke last', async () => {
    const { live, meeting, ana, ben, say } = await begin({ floor: 'mix' });
    await say(ana, 'One.');
    meeting.show(ben, MediaKind.camera, GREY_JPEG);
    await time.pass(200);
    expect(live.sessions()[0]!.pictures).toBe(0);
    meeting.show(ana, MediaKind.camera, GREY_JPEG);
    await time.until(() => live.sessions()[0]!.pictures === 1);
  });
});
