import { expect, it } from 'vitest';
import type { ServerMessage } from '../output/server-message.ts';
import { ServerMessages } from '../output/server-message.ts';
import { NO_TOKENS, usageMetadata } from '../output/usage.ts';
import { LateTranscripts } from './late-transcripts.ts';

const messages = new ServerMessages('developer');
const sound = Buffer.from('sound');
const end = messages.turnComplete(usageMetadata(NO_TOKENS, NO_TOKENS, 'developer'));

const reordered = (late: LateTranscripts, turn: readonly ServerMessage[]) =>
  turn.flatMap((message) => late.reorder(message));

it('tells what was heard within the answer, and its last words after its end', () => {
  const turn = [
    messages.inputTranscription('Any news?'),
    messages.audio(sound, 'None'),
    messages.audio(sound, ' so far.'),
    end,
  ];
  expect(reordered(new LateTranscripts(() => true), turn)).toEqual([
    messages.audio(sound),
    messages.inputTranscription('Any news?'),
    messages.audio(sound),
    messages.outputTranscription('None'),
    end,
    messages.outputTranscription(' so far.'),
  ]);
});

it('asks once a turn, and leaves the others as they are', () => {
  const strikes = [true, false];
  const late = new LateTranscripts(() => strikes.shift() ?? false);
  const turn = [messages.outputTranscription('Hello.'), messages.audio(sound), end];
  expect(reordered(late, turn)).toEqual([turn[1], turn[2], turn[0]]);
  expect(reordered(late, turn)).toEqual(turn);
  expect(reordered(late, turn)).toEqual(turn);
});
