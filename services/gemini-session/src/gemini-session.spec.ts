import { IDLE, MediaFlag, MediaKind, StudioError, SUBJECT } from '@studio/contracts';
import { NoResponderError, RpcClient, encodeJson } from '@studio/bus';
import type { LiveEmulator } from '@studio/live-emulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Meeting } from './testing/meeting.ts';
import type { Person, VoiceFrame } from './testing/meeting.ts';
import { GREY_JPEG } from './testing/picture.ts';
import { Stage } from './testing/service.ts';
import { join, silence, speech, utterance } from './testing/synthetic-speech.ts';
import { until } from './testing/until.ts';

let stage = new Stage();
afterEach(async () => {
  await stage.close();
  stage = new Stage();
});

/** An emulator whose time runs fast, for tests that wait for the end of an answer. */
const FAST = { speed: 20, latencyMs: 200, setupDelayMs: 50 };

const isAudio = (frame: VoiceFrame) => frame.bytes > 0;
const isFlush = (frame: VoiceFrame) => (frame.flags & MediaFlag.flush) !== 0;

const begin: Stage['begin'] = (...options) => stage.begin(...options);

/** The owner ends everything at once and leaves its lease to expire, as a process that dies. */
async function crash(service: { close(): Promise<void> }, meeting: Meeting, live: LiveEmulator) {
  const { renew } = meeting.leases;
  meeting.leases.renew = () => Promise.resolve(false);
  await until(() => expect(live.sessions().at(-1)?.openConnections).toBe(0));
  await stage.end(service);
  meeting.leases.renew = renew;
}

async function whileGeminiSpeaks(meeting: Meeting, ana: Person) {
  meeting.say(ana, utterance());
  await until(() => expect(meeting.voice.filter(isAudio).length).toBeGreaterThan(3));
}

describe('somebody speaks', () => {
  it('is answered by voice and text to all, and both turns are kept with their names, in order', async () => {
    const { live, meeting, ana } = await begin(FAST);
    meeting.say(ana, utterance());
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));

    const [said, answer] = meeting.room.speeches();
    expect(said).toMatch(/^Ana: /);
    expect(answer).toMatch(/^Gemini: .*Ana/);
    expect(meeting.voice[0]!.flags).toBe(MediaFlag.start);
    expect(meeting.voice.at(-1)!.flags).toBe(MediaFlag.end);
    expect(meeting.voice.slice(1, -1).every(({ flags }) => flags === 0)).toBe(true);
    expect(meeting.voice.map(({ sequence }) => sequence)).toEqual(meeting.voice.map((_, i) => i));
    const seconds = meeting.voice.reduce((sum, { bytes }) => sum + bytes / 48_000, 0);
    expect(seconds).toBeCloseTo(live.sessions()[0]!.spokenSeconds, 1);
    // Told twice when something else has changed: who is heard, what was used.
    expect(meeting.states()).toEqual([
      ...['connecting', 'listening', 'listening', 'thinking', 'speaking', 'speaking'],
    ]);

    const keys = meeting.signals.flatMap((signal) => (signal.type === 'transcript' ? signal.key : []));
    expect(new Set(keys)).toEqual(new Set(meeting.room.events.slice(1).map(({ key }) => key)));
    expect(meeting.room.appends.every(({ ownerToken }) => (ownerToken ?? 0) > 0)).toBe(true);
    // 1.2 s of speech, what came before it, and the 0.7 s of silence that end it.
    expect(live.sessions()[0]!.receivedAudioSeconds).toBeGreaterThan(2.1);
    expect(live.sessions()[0]!.receivedAudioSeconds).toBeLessThan(2.5);
  });

  it('is announced to Gemini by name only when it is somebody else than before', async () => {
    const { live, meeting, ana } = await begin(FAST);
    const ben = await meeting.enter('Ben');
    for (const [index, person] of [ana, ana, ben, ana].entries()) {
      meeting.say(person, utterance(0.6));
      await until(() =>
        expect(meeting.room.speeches().filter((line) => line.startsWith('Gemini')).length).toBe(index + 1),
      );
    }
    const texts = live.sessions()[0]!.texts.map(({ text }) => text);
    expect(texts).toEqual(['(Ana is speaking)', '(Ben is speaking)', '(Ana is speaking)']);
    expect(meeting.room.speeches().map((line) => line.split(':')[0])).toEqual([
      'Ana',
      'Gemini',
      'Ana',
      'Gemini',
      'Ben',
      'Gemini',
      'Ana',
      'Gemini',
    ]);
  });

  it('stops Gemini at once, in the middle of its answer', async () => {
    const { live, meeting, ana } = await begin();
    const ben = await meeting.enter('Ben');
    await whileGeminiSpeaks(meeting, ana);
    const before = performance.now();
    meeting.say(ben, join(silence(0.3), speech(0.5)));
    await until(() => expect(meeting.voice.some(isFlush)).toBe(true));
    const flush = meeting.voice.findIndex(isFlush);
    expect(meeting.voice[flush]!.at - before).toBeLessThan(100);
    expect(meeting.status()?.floor.holder).toBe(ben.actor.id);
    await until(() => expect(live.sessions()[0]!.interruptions).toBe(1));
    await until(() =>
      expect(meeting.room.events.some(({ body }) => body.type === 'speech' && body.interrupted)).toBe(true),
    );

    meeting.say(ben, silence(1));
    await until(() => expect(meeting.voice.slice(flush + 1).some(isAudio)).toBe(true));
    // Nothing of the former answer is heard after the flush.
    expect(meeting.voice.slice(flush + 1).find(isAudio)!.flags).toBe(MediaFlag.start);
  });

  it('gives the floor back when they leave or mute in the middle of a word', async () => {
    const { live, meeting, ana } = await begin();
    const ben = await meeting.enter('Ben');
    meeting.say(ana, speech(0.8));
    await until(() => expect(meeting.status()?.floor.holder).toBe(ana.actor.id));
    await meeting.mute(ana);
    await until(() => expect(meeting.status()?.floor.holder).toBeNull());
    await until(() => expect(live.sessions()[0]!.activities).toHaveLength(1));

    meeting.say(ben, speech(0.8));
    await until(() => expect(meeting.status()?.floor.holder).toBe(ben.actor.id));
    await meeting.leave(ben);
    await until(() => expect(meeting.status()?.floor.holder).toBeNull());
    await until(() => expect(live.sessions()[0]!.activities).toHaveLength(2));
  });
});

describe('somebody types', () => {
  it('is answered, with the name told to Gemini, also when nobody was there to hear it yet', async () => {
    const live = await stage.emulator(FAST);
    const meeting = await Meeting.start();
    const ana = await meeting.enter('Ana');
    meeting.room.chat(ana.actor, 'The budget is ten thousand euros.');
    await stage.serve(meeting, live.url);
    await until(() => expect(meeting.room.speeches()).toHaveLength(1));
    meeting.room.chat(ana.actor, 'What did I say about the budget?');
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    expect(live.sessions()[0]!.texts.map(({ text }) => text)).toEqual([
      'Ana: The budget is ten thousand euros.',
      'Ana: What did I say about the budget?',
    ]);
  });

  it('is heard by Gemini in order and once, also when the bus loses or doubles an event', async () => {
    const { live, meeting, ana } = await begin(FAST);
    meeting.room.chat(ana.actor, 'One.', { lost: true });
    const second = meeting.room.chat(ana.actor, 'Two.');
    meeting.bus.publish(SUBJECT.event(meeting.room.roomId), encodeJson(second));
    const texts = () => live.sessions()[0]!.texts.map(({ text }) => text);
    await until(() => expect(texts()).toHaveLength(2));
    meeting.room.chat(ana.actor, 'Three.');
    await until(() => expect(texts()).toContain('Ana: Three.'));
    expect(texts()).toEqual(['Ana: One.', 'Ana: Two.', 'Ana: Three.']);
  });

  it('is told, not asked, while somebody speaks: one answer comes to both', async () => {
    const { live, meeting, ana } = await begin(FAST);
    const ben = await meeting.enter('Ben');
    meeting.say(ana, join(silence(0.3), speech(0.8)));
    await until(() => expect(meeting.status()?.floor.holder).toBe(ana.actor.id));
    meeting.room.chat(ben.actor, 'The deadline is Friday.');
    await until(() => expect(live.sessions()[0]!.texts).toHaveLength(2));
    meeting.say(ana, silence(1));
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    expect(live.sessions()[0]!).toMatchObject({ turns: 1, interruptions: 0 });
  });
});

describe('the stop command', () => {
  it('silences Gemini until it is spoken to again', async () => {
    const { live, meeting, ana } = await begin();
    await whileGeminiSpeaks(meeting, ana);
    const status = await meeting.command({ type: 'interrupt' });
    expect(status.state).toBe('listening');
    await until(() => expect(live.sessions()[0]!.interruptions).toBe(1));
    await until(() => expect(meeting.voice.some(isFlush)).toBe(true));
    const flush = meeting.voice.findIndex(isFlush);

    meeting.room.chat(ana.actor, 'Go on, please.');
    await until(() => expect(meeting.voice.slice(flush + 1).some(isAudio)).toBe(true));
    expect(meeting.voice.slice(flush + 1).find(isAudio)!.flags).toBe(MediaFlag.start);
    const kept = meeting.room.events.flatMap(({ body }) =>
      body.type === 'speech' && body.interrupted ? body.text : [],
    );
    expect(kept).toHaveLength(1);
  });

  it('changes nothing when Gemini is silent', async () => {
    const { live, meeting } = await begin();
    expect(await meeting.command({ type: 'interrupt' })).toEqual({ ...IDLE, state: 'listening' });
    expect(await meeting.command({ type: 'status' })).toEqual({ ...IDLE, state: 'listening' });
    expect(meeting.voice).toEqual([]);
    expect(live.sessions()[0]!.turns).toBe(0);
  });
});

describe('a shared screen', () => {
  it('is seen by Gemini, at most once per second', async () => {
    const { live, meeting, ana } = await begin();
    for (let i = 0; i < 30; i++) meeting.show(ana, MediaKind.screen, GREY_JPEG);
    await until(() => expect(live.sessions()[0]!.pictures).toBe(1));
  });
});

describe('a line for the log', () => {
  it('is repeated until the room service takes it, and is there once', async () => {
    const { meeting, ana } = await begin(FAST, {});
    meeting.room.onAppend = (_, attempt) =>
      attempt <= 2 ? new StudioError('unavailable', 'away') : undefined;
    meeting.say(ana, utterance());
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    const keys = meeting.room.appends.map(({ key }) => key);
    expect(keys).toHaveLength(6);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('the connection to Gemini', () => {
  it('is changed before it is cut, on the same session, without the room noticing', async () => {
    const { live, meeting, ana } = await begin({ ...FAST, connectionAgeMs: 40_000, goAwayNoticeMs: 20_000 });
    meeting.say(ana, utterance());
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    await until(() => expect(live.sessions()[0]!.setups.length).toBeGreaterThanOrEqual(2));
    await until(() => expect(live.sessions()[0]!.openConnections).toBe(1));
    meeting.room.chat(ana.actor, 'Are you still there?');
    await until(() => expect(meeting.room.speeches()).toHaveLength(3));
    expect(live.sessions()).toHaveLength(1);
    expect(meeting.states().filter((state) => state === 'connecting')).toHaveLength(1);
    expect(meeting.room.events.some(({ body }) => body.type === 'gemini.notice')).toBe(false);
  });

  it('begins anew from the conversation when the old session is gone, and the room is told', async () => {
    const { live, meeting, ana } = await begin(FAST);
    meeting.room.chat(ana.actor, 'The budget is ten thousand euros.');
    await until(() => expect(meeting.room.speeches()).toHaveLength(1));
    await stage.end(live);
    const other = await stage.emulator({ ...FAST, port: live.port });
    await until(() =>
      expect(meeting.room.events.some(({ body }) => body.type === 'gemini.notice')).toBe(true),
    );
    const context = () => other.sessions().at(-1)!.texts;
    await until(() => expect(context().map(({ role }) => role)).toEqual(['user', 'model']));
    expect(context()[0]!.text).toContain('Ana: The budget is ten thousand euros.');
    meeting.room.chat(ana.actor, 'And now?');
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
  });

  it('that is refused is told in plain words, and comes back when the cause ends; nothing secret is told or logged', async () => {
    const refusing = await stage.emulator({ apiKey: 'the-right-key' });
    const meeting = await Meeting.start();
    const ana = await meeting.enter('Ana');
    await stage.serve(meeting, refusing.url, { LIVE_REFUSED_RETRY_MS: '50' });
    await until(() => expect(meeting.status()?.state).toBe('unavailable'));
    expect(meeting.status()?.reason).toMatch(/key or account/);
    expect((await meeting.command({ type: 'status' })).state).toBe('unavailable');

    const { port } = refusing;
    await stage.end(refusing);
    await stage.emulator({ ...FAST, port });
    await meeting.listening();
    meeting.room.chat(ana.actor, 'Welcome back.');
    await until(() => expect(meeting.room.speeches()).toHaveLength(1));
    const told = [...stage.logged, JSON.stringify(meeting.signals), JSON.stringify(meeting.room.events)].join(
      '\n',
    );
    for (const secret of [`${port}`, '127.0.0.1', 'key=', 'Welcome back']) {
      const places = told
        .split('\n')
        .filter((line) => line.includes(secret) && !line.includes('"type":"chat"'));
      expect(places).toEqual([]);
    }
  });
});

describe('ownership', () => {
  it('is with one of several processes, and passes to another when that one closes', async () => {
    const live = await stage.emulator(FAST);
    const meeting = await Meeting.start();
    const ana = await meeting.enter('Ana');
    const first = await stage.serve(meeting, live.url);
    await meeting.listening();
    await stage.serve(meeting, live.url);
    meeting.room.chat(ana.actor, 'Remember the number seven.');
    await until(() => expect(meeting.room.speeches()).toHaveLength(1));
    expect(live.sessions()).toHaveLength(1);

    await stage.end(first);
    await until(() => expect(live.sessions()[0]!.setups).toHaveLength(2));
    await meeting.listening();
    meeting.room.chat(ana.actor, 'What did I say?');
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    // The same session went on, and was told nothing twice.
    expect(live.sessions()).toHaveLength(1);
    expect(live.sessions()[0]!.texts.map(({ text }) => text)).toEqual([
      'Ana: Remember the number seven.',
      'Ana: What did I say?',
    ]);
    expect(meeting.room.events.some(({ body }) => body.type === 'gemini.notice')).toBe(false);
    const tokens = meeting.room.appends.map(({ ownerToken }) => ownerToken!);
    expect(tokens[1]).toBeGreaterThan(tokens[0]!);
  });

  it('goes on from where the former owner was, with what was said meanwhile, when that one has died', async () => {
    const { live, meeting, ana, service } = await begin(FAST);
    meeting.room.chat(ana.actor, 'Remember the number seven.');
    await until(() => expect(meeting.room.speeches()).toHaveLength(1));
    await until(async () => expect(await meeting.note()).toMatchObject({ known: { seq: 2 } }));
    await crash(service, meeting, live);
    meeting.room.chat(ana.actor, 'Too old for an answer.', { at: Date.now() - 60_000 });
    meeting.room.chat(ana.actor, 'And the number eight.');
    await stage.serve(meeting, live.url);
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    expect(live.sessions()).toHaveLength(1);
    expect(live.sessions()[0]!.texts.map(({ text }) => text)).toEqual([
      'Ana: Remember the number seven.',
      'Ana: Too old for an answer.',
      'Ana: And the number eight.',
    ]);
  });

  it('begins anew from the conversation, and says so, when the handle of the former owner is refused twice', async () => {
    const { live, meeting, ana, service } = await begin(FAST);
    meeting.room.chat(ana.actor, 'Remember the number seven.');
    await until(async () => expect(await meeting.note()).toMatchObject({ known: { seq: 2 } }));
    await crash(service, meeting, live);
    // It knows no handle of the other one.
    const other = await stage.emulator(FAST);
    await stage.serve(meeting, other.url);
    await until(() => expect(meeting.notices()).toHaveLength(1));
    expect(meeting.notices()[0]).toMatch(/new session/);
    await until(() =>
      expect(other.sessions().at(-1)!.texts[0]?.text).toContain('Ana: Remember the number seven.'),
    );
    meeting.room.chat(ana.actor, 'What did I say?');
    await until(() => expect(meeting.room.speeches()).toHaveLength(2));
    expect(meeting.notices()).toHaveLength(1);
  });

  it('ends at once when the lease is lost', async () => {
    const { live, meeting } = await begin();
    const signals = meeting.signals.length;
    // As after a pause of the process that outlasted the lease: somebody else has it.
    meeting.leases.renew = async () => false;
    await until(() => expect(live.sessions()[0]!.openConnections).toBe(0));
    expect(
      meeting.signals
        .slice(signals)
        .filter((signal) => signal.type === 'live' && signal.status.state === 'idle'),
    ).toEqual([]);
  });

  it('ends all the same when a part of it cannot be ended in order, which is logged', async () => {
    const live = await stage.emulator();
    const meeting = await Meeting.start();
    await meeting.enter('Ana');
    const { bus } = meeting;
    const subscribe = bus.subscribe.bind(bus);
    vi.spyOn(bus, 'subscribe').mockImplementation(async (subject, handler, options) => {
      const subscription = await subscribe(subject, handler, options);
      if (subject !== SUBJECT.live(meeting.room.roomId)) return subscription;
      return { close: () => subscription.close().then(() => Promise.reject(new Error('no bus'))) };
    });
    const service = await stage.serve(meeting, live.url);
    await meeting.listening();
    await stage.end(service);
    expect(live.sessions().map(({ openConnections }) => openConnections)).toEqual([0]);
    expect(stage.logged.filter((line) => line.includes('no bus'))).toHaveLength(1);
  });

  it('ends when nobody has been in the room for a while, and begins again with the next person', async () => {
    const { live, meeting, ana } = await begin({}, { EMPTY_ROOM_MS: '200' });
    await meeting.leave(ana);
    await until(() => expect(meeting.status()?.state).toBe('idle'));
    expect(live.sessions()[0]!.openConnections).toBe(0);
    await expect(meeting.command({ type: 'status' })).rejects.toThrow(NoResponderError);
    await meeting.enter('Ben');
    await meeting.listening();
  });
});

describe('live.info', () => {
  it('tells the engine and the model, and nothing else', async () => {
    const { meeting } = await begin();
    const info = await new RpcClient(meeting.bus).call('live.info', {});
    expect(info).toMatchObject({ engine: 'emulator', model: 'gemini-3.8-live', service: 'developer' });
  });
});
