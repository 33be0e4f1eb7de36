import { DEFAULT_LIVE_SETTINGS, NO_USAGE, newId } from '@studio/contracts';
import type { Actor, Event, LiveSettings } from '@studio/contracts';
import { expect, it, vi } from 'vitest';
import { Grants } from '../floor/grants.ts';
import type { LiveConnection } from '../live/live-connection.ts';
import { frames, silence, speech } from '../testing/synthetic-speech.ts';
import { People } from './people.ts';
import { RoomConversation } from './room-conversation.ts';
import type { RoomConversationParts } from './room-conversation.ts';

const ANA: Actor = { id: newId(), name: 'Ana', kind: 'person' };
const BEN: Actor = { id: newId(), name: 'Ben', kind: 'person' };
const FRAME_MS = 20;

/** A conversation over connections that the test makes and ends, with everything that they were given as text. */
function begin(settings: Partial<LiveSettings> = {}) {
  let seq = 0;
  let now = 0;
  let heardMs = 0;
  let connection: LiveConnection | undefined;
  const told: string[] = [];
  const status = vi.fn();
  const wishes = { ...DEFAULT_LIVE_SETTINGS, ...settings };
  const people = new People();
  people.update([
    {
      ...{ roomId: newId(), connectionId: newId(), participantId: ANA.id, source: 1, state: 'present' },
      details: { name: 'Ana', role: 'member', media: { microphone: true } },
    } as never,
  ]);
  const parts = {
    ...{ people, grants: new Grants(1), now: () => now, usage: () => NO_USAGE },
    voice: { audio: vi.fn(), end: vi.fn(), flush: vi.fn() },
    signals: { status, transcript: vi.fn(), forgetTranscript: vi.fn(), dropped: vi.fn() },
    lines: { append: vi.fn() },
    session: () => ({ connection, settle: () => undefined }),
    tools: { onServerEvent: vi.fn(), refuse: vi.fn() },
  };
  const conversation = new RoomConversation(parts as unknown as RoomConversationParts, wishes);
  const connect = (resumed: boolean) => {
    const made = {
      findsSpeech: wishes.floor === 'mix',
      sendText: (text: string) => told.push(text),
      ...{
        sendAudio: (pcm: Uint8Array) => (heardMs += pcm.byteLength / 32),
        sendActivityStart: vi.fn(),
        sendActivityEnd: vi.fn(),
      },
      ...{ sendAudioStreamEnd: vi.fn(), sendInterruption: vi.fn() },
    } as unknown as LiveConnection;
    told.push(...conversation.context(resumed).map(({ text }) => text));
    connection = made;
    conversation.onLink('ready', null);
    conversation.onReady(made);
  };
  const lose = () => {
    connection = undefined;
    conversation.onLost(false);
  };
  const type = (text: string) => {
    const event: Event = {
      seq: ++seq,
      at: Date.now(),
      key: newId(),
      actor: ANA,
      body: { type: 'chat', text },
    };
    conversation.read(event);
    return event;
  };
  const hear = (sound: Uint8Array) => {
    for (const frame of frames(sound, FRAME_MS)) {
      conversation.listening.hear(1, frame, false);
      pass(FRAME_MS);
    }
  };
  const say = (seconds: number) => hear(speech(seconds));
  const hush = (seconds: number) => hear(silence(seconds));
  const pass = (ms: number) => {
    now += ms;
    conversation.listening.tick();
    conversation.tick();
  };
  const { voice, lines } = parts;
  return {
    conversation,
    connect,
    lose,
    type,
    say,
    pass,
    told,
    status,
    voice,
    lines,
    hush,
    heardMs: () => heardMs,
  };
}

it('tells Gemini each line once that is typed while there is no connection, also one that is not for it', () => {
  const { conversation, connect, lose, type, told } = begin({ addressing: 'when-addressed' });
  connect(false);
  type('One.');
  // A handle, which brings it back.
  conversation.known();
  lose();
  type('Two.');
  connect(true);
  type('Three.');
  expect(told.join('\n').split('\n').sort()).toEqual(['Ana: One.', 'Ana: Three.', 'Ana: Two.'].sort());
});

it('tells Gemini again what waited for the end of an answer, when the connection is lost before', () => {
  const { conversation, connect, lose, type, told } = begin({ addressing: 'when-addressed' });
  connect(false);
  type('Gemini, are you there?');
  conversation.onServerEvent({ type: 'outputText', text: 'Yes' });
  type('Ben is late.');
  expect(told).toEqual(['Ana: Gemini, are you there?']);
  // A handle of now does not bring back what has not been sent.
  const known = conversation.known();
  expect(known.seq).toBeLessThan(2);
  expect(known.keys).toEqual([]);
  lose();
  told.length = 0;
  connect(true);
  expect(told.filter((text) => text.includes('Ben is late.'))).toHaveLength(1);
});

it('answers who calls Gemini by its name late in a mix, after an answer to the first part was left out', () => {
  const { conversation, connect, say, pass, voice } = begin({
    ...{ addressing: 'when-addressed', floor: 'mix' },
  });
  connect(false);
  say(0.5);
  // Gemini takes a short pause for the end.
  conversation.onServerEvent({ type: 'inputText', text: 'Well, ' });
  conversation.onServerEvent({ type: 'audio', pcm: new Uint8Array(960), rate: 24_000 });
  say(1.5);
  conversation.onServerEvent({ type: 'interrupted' });
  conversation.onServerEvent({ type: 'turnComplete' });
  expect(voice.audio).not.toHaveBeenCalled();
  say(0.5);
  conversation.onServerEvent({ type: 'inputText', text: 'Gemini, what do you think?' });
  pass(1_000);
  conversation.onServerEvent({ type: 'audio', pcm: new Uint8Array(960), rate: 24_000 });
  expect(voice.audio).toHaveBeenCalled();
});

it('goes on in a mix after a changed connection where it was: what was said is told in words, not heard again', () => {
  const { conversation, connect, lose, say, pass, told, lines, heardMs } = begin({ floor: 'mix' });
  connect(false);
  say(2);
  conversation.onServerEvent({ type: 'inputText', text: 'We launch' });
  expect(heardMs()).toBe(2_000);
  conversation.known();
  say(1);
  conversation.onServerEvent({ type: 'inputText', text: ' the portal' });
  lose();
  connect(true);
  expect(heardMs()).toBe(3_400);
  expect(told).toContain('Ana: the portal');
  say(1);
  conversation.onServerEvent({ type: 'inputText', text: ' in May.' });
  lose();
  connect(false);
  expect(told.at(-2)).toBe('Ana: We launch the portal in May.');
  say(0.2);
  pass(1_000);
  pass(10_000);
  expect(lines.append).toHaveBeenCalledWith(
    expect.objectContaining({
      body: expect.objectContaining({ text: 'We launch the portal in May.' }) as unknown,
    }),
  );
});

it('leaves out of a pause of a mix what was heard again, when no answer is awaited', () => {
  const { conversation, connect, lose, say, hush, heardMs } = begin({ floor: 'mix' });
  connect(false);
  say(2);
  lose();
  connect(true);
  hush(1);
  expect(heardMs()).toBe(3_400);
  conversation.onServerEvent({ type: 'turnComplete' });
  hush(1);
  expect(heardMs()).toBe(4_000);
  say(1);
  expect(heardMs()).toBe(5_000);
});

it.each(['push-to-talk', 'open', 'mix'] as const)(
  'forgets no raised hand, and cuts nobody off, when the voice activity of a room with the floor policy %s is changed',
  (floor) => {
    const { conversation, connect, say, hush } = begin({ floor });
    const by = { type: 'floor', by: ANA, source: 1 } as const;
    connect(false);
    if (floor === 'push-to-talk') conversation.obey({ ...by, floor: { action: 'press' } });
    say(1);
    conversation.obey({ ...by, by: BEN, floor: { action: 'raise' } });
    const before = conversation.status().floor;
    expect(before).toMatchObject({ queue: [BEN.id], speakers: [ANA.id] });
    const { voiceActivity } = DEFAULT_LIVE_SETTINGS;
    const settings = { ...DEFAULT_LIVE_SETTINGS, floor };
    conversation.apply({ ...settings, voiceActivity: { ...voiceActivity, silenceMs: 300 } });
    say(0.5);
    expect(conversation.status().floor).toEqual(before);
    if (floor === 'push-to-talk') return;
    // What is said next ends by the new settings.
    hush(1);
    say(0.5);
    expect(conversation.status().floor.speakers).toEqual([ANA.id]);
    hush(0.4);
    expect(conversation.status().floor).toMatchObject({ queue: [BEN.id], speakers: [] });
  },
);

it('looks at what it tells people once for a stretch of voice, not at every message of it', () => {
  const { conversation, connect, type, status } = begin();
  connect(false);
  type('Hello.');
  status.mockClear();
  for (let at = 0; at < 50; at++)
    conversation.onServerEvent({ type: 'audio', pcm: new Uint8Array(1_920), rate: 24_000 });
  expect(status).toHaveBeenCalledTimes(1);
  expect(status).toHaveBeenCalledWith(expect.objectContaining({ state: 'speaking' }));
});
