import { TestBed } from '@angular/core/testing';
import type { Event, EventBody, Participant } from '@studio/contracts';
import { CLOSE, IDLE, ownKey } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionStore } from '../session/session-store.ts';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { RoomStore } from './room-store.ts';
import { ME, ROOM } from './testing/scripted-room.ts';
import { OFFLINE, ScriptedSocket, welcome } from './testing/scripted-socket.ts';

const BEN = { id: 'B'.repeat(22), name: 'Ben', kind: 'person' } as const;

function event(
  seq: number,
  body: EventBody = { type: 'chat', text: `line ${seq}` },
  key = `key-${seq}-00`,
): Event {
  return { seq, at: seq, key, actor: BEN, body };
}

function participant(change: Partial<Participant>): Participant {
  const media = { microphone: false, camera: false, screen: false };
  return { ...BEN, role: 'member', state: 'present', media, sources: [2], ...change };
}

describe('RoomStore', () => {
  const history = vi.fn();
  let store: RoomStore;

  beforeEach(async () => {
    vi.stubGlobal('WebSocket', ScriptedSocket);
    ScriptedSocket.all.length = 0;
    history.mockReset();
    const api = {
      baseUrl: 'http://studio.test',
      studio: async () => ({ version: '1', guests: true, live: OFFLINE }),
      session: async () => ME,
      ticket: async () => ({ ticket: 'ticket', expiresAt: 0 }),
      history,
    };
    TestBed.configureTestingModule({ providers: [RoomStore, { provide: STUDIO_API, useValue: api }] });
    await TestBed.inject(SessionStore).load();
    store = TestBed.inject(RoomStore);
    store.enter(ROOM.id);
    await vi.waitFor(() => expect(ScriptedSocket.all).toHaveLength(1));
  });

  afterEach(() => {
    store.leave();
    vi.unstubAllGlobals();
  });

  const open = (change: Partial<Parameters<typeof welcome>[0]> = {}) => {
    ScriptedSocket.newest.receive(welcome({ participantId: ME.id, room: ROOM, ...change }));
  };
  const texts = () => store.lines().flatMap((line) => ('text' in line ? [line.text] : []));

  it('knows the room, the people and Gemini from the welcome', () => {
    open({ participants: [participant({})], live: { ...IDLE, state: 'listening' } });
    expect(store.state()).toBe('open');
    expect(store.room()?.name).toBe('Planning');
    expect(store.participants().map(({ name }) => name)).toEqual(['Ben']);
    expect(store.live().state).toBe('listening');
  });

  it('follows people as they come, change and go', () => {
    open();
    const socket = ScriptedSocket.newest;
    socket.receive({ type: 'participant', participant: participant({}) });
    socket.receive({ type: 'participant', participant: participant({ state: 'away' }) });
    expect(store.participants()).toEqual([participant({ state: 'away' })]);
    socket.receive({ type: 'participant.gone', participantId: BEN.id });
    expect(store.participants()).toEqual([]);
  });

  it('shows what is being spoken, and the final words in its place', () => {
    open();
    const socket = ScriptedSocket.newest;
    socket.receive({ type: 'transcript', key: 'turn-0001', participantId: 'gemini', text: 'So' });
    socket.receive({ type: 'transcript', key: 'turn-0001', participantId: 'gemini', text: 'So far' });
    expect(store.lines()).toMatchObject([{ kind: 'draft', text: 'So far', author: { name: 'Gemini' } }]);
    socket.receiveEvents(
      event(1, { type: 'speech', text: 'So far, so good.', interrupted: false }, 'turn-0001'),
    );
    expect(texts()).toEqual(['So far, so good.']);
  });

  it('shows an own line at once, and once when the room has it', async () => {
    open();
    const said = store.say('hello', false);
    expect(store.lines()).toMatchObject([{ kind: 'outgoing', text: 'hello', refusal: undefined }]);
    const chat = ScriptedSocket.newest.sent.find(({ type }) => type === 'chat');
    const key = ownKey(ME.id, String(chat?.['key']));
    ScriptedSocket.newest.receiveEvents({
      ...event(1, { type: 'chat', text: 'hello' }, key),
      actor: { ...ME, kind: 'person' },
    });
    ScriptedSocket.newest.receive({ type: 'ack', id: Number(chat?.['id']), seq: 1 });
    await said;
    expect(store.lines().filter(({ kind }) => kind !== 'day')).toMatchObject([
      { kind: 'chat', text: 'hello', own: true },
    ]);
  });

  it('keeps a refused line with the reason, and says it again with the same key', async () => {
    open();
    const said = store.say('hello', false);
    const first = ScriptedSocket.newest.sent.find(({ type }) => type === 'chat');
    ScriptedSocket.newest.receive({
      type: 'error',
      id: Number(first?.['id']),
      code: 'forbidden',
      message: 'Viewers cannot write.',
    });
    await said;
    const [line] = store.lines();
    expect(line).toMatchObject({ kind: 'outgoing', refusal: 'Viewers cannot write.' });
    if (line?.kind === 'outgoing') void store.say(line.text, line.ask, line.clientKey);
    const chats = ScriptedSocket.newest.sent.filter(({ type }) => type === 'chat');
    expect(chats.map(({ key }) => key)).toEqual([first?.['key'], first?.['key']]);
    expect(store.lines()).toMatchObject([{ kind: 'outgoing', refusal: undefined }]);
  });

  it('asks Gemini with a line, and again with it when it was refused', async () => {
    open();
    const said = store.say('How much?', true);
    const chats = () => ScriptedSocket.newest.sent.filter(({ type }) => type === 'chat');
    ScriptedSocket.newest.receive({
      type: 'error',
      id: Number(chats()[0]?.['id']),
      code: 'forbidden',
      message: 'x',
    });
    await said;
    const [line] = store.lines();
    if (line?.kind === 'outgoing') void store.say(line.text, line.ask, line.clientKey);
    expect(chats().map(({ ask }) => ask)).toEqual([true, true]);
  });

  it('shows a tool that runs until it has ended', () => {
    open();
    const tool = { type: 'tool', key: 'tool-0001', name: 'who_is_here' } as const;
    ScriptedSocket.newest.receive({ ...tool, state: 'running' });
    expect(store.lines()).toMatchObject([{ kind: 'running', name: 'who_is_here' }]);
    ScriptedSocket.newest.receive({ ...tool, state: 'ended' });
    expect(store.lines()).toEqual([]);
  });

  it('loads history before what it has, once at a time', async () => {
    open({ since: 150, head: 151 });
    ScriptedSocket.newest.receiveEvents(event(151));
    expect(store.hasEarlier()).toBe(true);
    history.mockResolvedValueOnce({
      events: Array.from({ length: 100 }, (_, i) => event(51 + i)),
      head: 151,
    });
    await Promise.all([store.loadEarlier(), store.loadEarlier()]);
    expect(history.mock.calls).toEqual([[ROOM.id, { before: 151 }]]);
    expect(store.events().map(({ seq }) => seq)).toEqual(Array.from({ length: 101 }, (_, i) => 51 + i));
    history.mockResolvedValueOnce({ events: Array.from({ length: 50 }, (_, i) => event(1 + i)), head: 151 });
    await store.loadEarlier();
    expect(store.hasEarlier()).toBe(false);
  });

  it('says why history could not be loaded, and can try again', async () => {
    open({ since: 10, head: 10 });
    history.mockRejectedValueOnce(new Error('down'));
    await store.loadEarlier();
    expect(store.historyProblem()).toBeDefined();
    history.mockResolvedValueOnce({ events: [event(10)], head: 10 });
    await store.loadEarlier();
    expect(store.historyProblem()).toBeUndefined();
    expect(store.events()).toHaveLength(1);
  });

  it('begins the conversation anew when too much was missed', async () => {
    open({ since: 0, head: 1 });
    ScriptedSocket.newest.receiveEvents(event(1));
    ScriptedSocket.newest.lose();
    expect(store.state()).toBe('reconnecting');
    await vi.waitFor(() => expect(ScriptedSocket.all).toHaveLength(2), { timeout: 5_000 });
    open({ since: 5_000, head: 5_001, recovered: false });
    ScriptedSocket.newest.receiveEvents(event(5_001));
    expect(store.events().map(({ seq }) => seq)).toEqual([5_001]);
    expect(store.hasEarlier()).toBe(true);
  });

  it('says why it is over when it does not come back', () => {
    open();
    ScriptedSocket.newest.lose(CLOSE.roomClosed.code);
    expect(store.closed()?.close).toBe(CLOSE.roomClosed);
  });
});
