import { afterEach, describe, expect, it } from 'vitest';
import type { LiveEmulator } from '../emulator.ts';
import { startLiveEmulator } from '../emulator.ts';
import type { ServerMessage } from '../output/server-message.ts';
import type { RawClient } from '../testing/raw-client.ts';
import { answered, ask, liveSession, turnsOf } from '../testing/raw-session.ts';
import { microphoneChunks, silence, speechSample } from '../testing/speech-sample.ts';
import type { ScenarioInput } from './scenario.ts';

const SPEAKS = {
  model: 'models/gemini-3.8-live',
  inputAudioTranscription: {},
  outputAudioTranscription: {},
  sessionResumption: {},
};
const CALL = 'who_is_here';
const declared = (behavior: 'BLOCKING' | 'NON_BLOCKING') => ({
  tools: [{ functionDeclarations: [{ name: CALL, behavior }] }],
});

let emulator: LiveEmulator;
afterEach(() => emulator.close());

async function play(scenario: ScenarioInput, setup: object = {}): Promise<RawClient> {
  emulator = await startLiveEmulator({ speed: 20, scenario });
  return liveSession(emulator, { ...SPEAKS, ...setup });
}

const messagesOf = ({ frames }: RawClient) => frames.map(({ text }) => JSON.parse(text) as ServerMessage);

/** What messages are, the latter of two equal ones left out. */
function shapeOf(client: RawClient): string[] {
  const kinds = messagesOf(client).map(({ serverContent = {}, ...rest }) =>
    [...Object.keys(rest), ...Object.keys(serverContent)].join('+'),
  );
  return kinds.filter((kind, index) => kind !== kinds[index - 1]);
}

function transcriptOf(client: RawClient, side: 'inputTranscription' | 'outputTranscription'): string {
  return messagesOf(client)
    .map(({ serverContent }) => serverContent?.[side]?.text ?? '')
    .join('');
}

function speak(client: RawClient): void {
  for (const sound of [speechSample(), silence(1)]) {
    for (const audio of microphoneChunks(sound)) client.send({ realtimeInput: { audio } });
  }
}

const callIdsIn = (client: RawClient) =>
  messagesOf(client).flatMap(({ toolCall }) => toolCall?.functionCalls.map(({ id }) => id) ?? []);

function answerCall(client: RawClient, id: string | undefined): void {
  client.send({ toolResponse: { functionResponses: [{ id, name: CALL, response: { people: ['Ana'] } }] } });
}

describe('a scenario through the wire', () => {
  it('hears the words that it has for spoken turns', async () => {
    const raw = await play({
      heard: ['Gemini, what is the plan?'],
      steps: [{ when: { text: 'plan' }, say: 'First the beta.' }],
    });
    speak(raw);
    await raw.until(() => turnsOf(raw) === 1);
    expect(transcriptOf(raw, 'inputTranscription')).toBe('Gemini, what is the plan?');
    expect(transcriptOf(raw, 'outputTranscription')).toBe('First the beta.');
    raw.close();
  });

  it('says an answer in parts, with nothing in between', async () => {
    const raw = await play({ steps: [{ when: {}, say: ['One.', { pause: '20s' }, 'Two.'] }] });
    ask(raw);
    await raw.until(() => transcriptOf(raw, 'outputTranscription') === 'One.');
    const pausedAt = performance.now();
    await raw.until(() => transcriptOf(raw, 'outputTranscription') === 'One. Two.');
    expect(performance.now() - pausedAt).toBeGreaterThan(500);
    await raw.until(() => turnsOf(raw) === 1);
    raw.close();
  });

  it('calls functions, and goes on when they are answered', async () => {
    const raw = await play(
      { steps: [{ when: {}, call: [{ name: CALL, args: { room: 'r1' } }], thenSay: 'Ana is here.' }] },
      declared('BLOCKING'),
    );
    ask(raw);
    await raw.until(() => callIdsIn(raw).length === 1);
    expect(messagesOf(raw).at(-1)?.toolCall).toMatchObject({
      functionCalls: [{ name: CALL, args: { room: 'r1' } }],
    });
    answerCall(raw, callIdsIn(raw)[0]);
    await raw.until(() => turnsOf(raw) === 1);
    expect(transcriptOf(raw, 'outputTranscription')).toBe('Ana is here.');
    raw.close();
  });

  it('says one thing beside a call that does not block, and another when it is answered', async () => {
    const raw = await play(
      { steps: [{ when: {}, call: [{ name: CALL }], say: 'Let me see.', thenSay: 'Ana is here.' }] },
      declared('NON_BLOCKING'),
    );
    ask(raw);
    await raw.until(() => turnsOf(raw) === 1);
    expect(transcriptOf(raw, 'outputTranscription')).toBe('Let me see.');
    answerCall(raw, callIdsIn(raw)[0]);
    await raw.until(() => turnsOf(raw) === 2);
    expect(transcriptOf(raw, 'outputTranscription')).toBe('Let me see.Ana is here.');
    raw.close();
  });

  it('searches, and says where it found it', async () => {
    const sources = [{ title: 'A page', uri: 'https://example.com/a' }];
    const raw = await play(
      { steps: [{ when: {}, search: { queries: ['a'], sources }, say: 'Here it is.' }] },
      { tools: [{ googleSearch: {} }] },
    );
    await answered(raw);
    const grounding = messagesOf(raw).find(({ serverContent }) => serverContent?.groundingMetadata);
    expect(JSON.stringify(grounding)).toContain('https://example.com/a');
    raw.close();
  });
});

describe('what goes wrong in a turn, through the wire', () => {
  it('may be a call that comes twice with one id', async () => {
    const raw = await play(
      { steps: [{ when: {}, call: [{ name: CALL }], goesWrong: [{ fault: 'duplicate-tool-call' }] }] },
      declared('BLOCKING'),
    );
    ask(raw);
    await raw.until(() => callIdsIn(raw).length === 2);
    expect(new Set(callIdsIn(raw)).size).toBe(1);
    answerCall(raw, callIdsIn(raw)[0]);
    await raw.until(() => turnsOf(raw) === 1);
    raw.close();
  });

  it('may be a close behind the results of a search', async () => {
    const search = { queries: ['a'], sources: [{ title: 'A page', uri: 'https://example.com/a' }] };
    const raw = await play(
      { steps: [{ when: {}, search, say: 'Here.', goesWrong: [{ fault: 'search-fails' }] }] },
      { tools: [{ googleSearch: {} }] },
    );
    ask(raw);
    expect(await raw.closed).toEqual({ code: 1007, reason: 'Request contains an invalid argument.' });
    expect(shapeOf(raw).at(-1)).toContain('groundingMetadata');
  });

  it('may be transcripts that are late', async () => {
    const raw = await play({
      steps: [
        {
          when: {},
          heard: 'Any news?',
          say: 'None so far, Ana.',
          goesWrong: [{ fault: 'late-transcripts' }],
        },
      ],
    });
    speak(raw);
    const said = () => transcriptOf(raw, 'outputTranscription') === 'None so far, Ana.';
    await raw.until(said);
    const shape = shapeOf(raw);
    expect(shape.indexOf('inputTranscription')).toBeGreaterThan(shape.indexOf('modelTurn'));
    expect(shape.lastIndexOf('outputTranscription')).toBeGreaterThan(
      shape.findIndex((kind) => kind.includes('turnComplete')),
    );
    raw.close();
  });

  it('may be an end in the middle of the voice, behind which the session can be resumed', async () => {
    const raw = await play({
      steps: [
        {
          when: {},
          say: 'One two three four five six seven eight nine ten eleven twelve.',
          goesWrong: [{ fault: 'early-turn-complete', after: '300ms' }],
        },
      ],
    });
    ask(raw);
    await raw.until(() => shapeOf(raw).at(-1) === 'sessionResumptionUpdate' && turnsOf(raw) === 1);
    expect(shapeOf(raw).join()).not.toContain('generationComplete');
    expect(transcriptOf(raw, 'outputTranscription')).not.toContain('twelve');
    raw.close();
  });
});
