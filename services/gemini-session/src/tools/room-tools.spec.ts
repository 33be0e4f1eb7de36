import { FunctionResponseScheduling } from '@google/genai';
import type { FunctionCall } from '@google/genai';
import { Event, EventBody, newId } from '@studio/contracts';
import { beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { until } from '../testing/until.ts';
import { HeldTool, ToolStage } from '../testing/tools.ts';
import { GEMINI } from '../room/people.ts';
import { defineTool } from './tool.ts';

const echo = defineTool({
  name: 'echo',
  description: 'Says it again.',
  parameters: z.object({ text: z.string() }),
  run: ({ text }) => text,
});
const WAITS = { goesOn: false, says: false };
const GOES_ON = { goesOn: true, says: true };

let stage: ToolStage;
let note: HeldTool;
beforeEach(() => {
  stage = new ToolStage();
  note = new HeldTool('note', z.object({ text: z.string() }));
});

const connect = (calling = GOES_ON, resumed = true) =>
  stage.tools.connecting([echo, note.tool], calling, resumed);
const call = (...calls: FunctionCall[]) => stage.tools.onServerEvent({ type: 'toolCall', calls });
const cancel = (...ids: string[]) => stage.tools.onServerEvent({ type: 'toolCallCancellation', ids });
const noted = (id: string, text = 'milk'): FunctionCall => ({ id, name: 'note', args: { text } });
const running = (runs: number) => until(() => expect(note.runs).toHaveLength(runs));

it('answers a call with its id, tells the room, and keeps one event', async () => {
  await connect();
  call({ id: 'c1', name: 'echo', args: { text: 'Hi' } });
  expect(stage.tools.busy).toBe(true);
  await until(() => expect(stage.told()).toEqual([{ c1: { output: 'Hi' } }]));
  expect(stage.answers[0]?.[0]).toMatchObject({
    name: 'echo',
    scheduling: FunctionResponseScheduling.WHEN_IDLE,
  });
  expect(stage.tools.busy).toBe(false);
  await until(() => expect(stage.lines).toHaveLength(1));
  const [line] = stage.lines;
  expect(EventBody.parse(line?.body)).toMatchObject({
    ...{ type: 'tool.called', name: 'echo', callId: 'c1', outcome: 'ok' },
    ...{ args: '{"text":"Hi"}', result: '"Hi"' },
  });
  expect(line?.actor).toEqual(GEMINI);
  expect(stage.signals).toEqual(['echo running', 'echo ended']);
});

it('says nothing of scheduling to a model that waits, and answers what it asked for at once together', async () => {
  await connect(WAITS);
  call(noted('c1'), { id: 'c2', name: 'echo', args: { text: 'Hi' } });
  await running(1);
  await until(() => expect(stage.outcomes()).toEqual(['echo ok']));
  expect(stage.answers).toEqual([]);
  note.runs[0]?.end('done');
  await until(() => expect(stage.told()).toEqual([{ c1: { output: 'done' }, c2: { output: 'Hi' } }]));
  expect(stage.answers[0]?.[0]).not.toHaveProperty('scheduling');
});

it('does not run a call again that comes twice', async () => {
  await connect();
  call(noted('c1'));
  call(noted('c1'));
  await running(1);
  note.runs[0]?.end('done');
  await until(() => expect(stage.answers).toHaveLength(1));
  call(noted('c1'));
  call({ id: 'c2', name: 'echo', args: { text: 'after' } });
  await until(() => expect(stage.told()).toEqual([{ c1: { output: 'done' } }, { c2: { output: 'after' } }]));
  expect(note.runs).toHaveLength(1);
});

it('answers a call that the next connection brings again from its one run, whether it has ended or not', async () => {
  await connect();
  call(noted('c1'));
  await running(1);
  stage.tools.onLost();
  expect(stage.tools.busy).toBe(false);
  await connect();
  call(noted('c1'));
  note.runs[0]?.end('done');
  await until(() => expect(stage.told()).toEqual([{ c1: { output: 'done' } }]));
  stage.tools.onLost();
  await connect();
  call(noted('c1'));
  await until(() => expect(stage.told()).toEqual([{ c1: { output: 'done' } }, { c1: { output: 'done' } }]));
  expect(note.runs).toHaveLength(1);
  expect(stage.outcomes()).toEqual(['note ok']);
});

it('takes a call with a new id for the same when the connection was lost before its answer, but not for long', async () => {
  await connect();
  call(noted('c1'));
  await running(1);
  stage.tools.onLost();
  note.runs[0]?.end('done');
  await until(() => expect(stage.outcomes()).toEqual(['note ok']));
  expect(stage.answers).toEqual([]);
  await connect();
  call(noted('c2', 'bread'));
  call(noted('c3'));
  await until(() => expect(stage.told()).toEqual([{ c3: { output: 'done' } }]));
  expect(note.runs.map(({ args }) => args)).toEqual([{ text: 'milk' }, { text: 'bread' }]);

  stage.tools.onLost();
  stage.now += 60_000;
  await connect();
  call(noted('c4', 'bread'));
  await running(3);
});

it('runs a call again that has been answered before and is wanted anew', async () => {
  await connect();
  call(noted('c1'));
  await running(1);
  note.runs[0]?.end('first');
  await until(() => expect(stage.answers).toHaveLength(1));
  call(noted('c2'));
  await running(2);
});

it('cancels what the service does not wait for any more, and answers nothing to it', async () => {
  await connect(WAITS);
  call(noted('c1'), noted('c2', 'bread'));
  await running(2);
  cancel('c1', 'unknown');
  expect(note.runs[0]?.signal.aborted).toBe(true);
  note.runs[1]?.end('done');
  await until(() => expect(stage.told()).toEqual([{ c2: { output: 'done' } }]));
  expect(stage.outcomes()).toEqual(['note cancelled', 'note ok']);
});

it('is not busy any more when everything was cancelled', async () => {
  await connect(WAITS);
  call(noted('c1'));
  await running(1);
  cancel('c1');
  expect(stage.tools.busy).toBe(false);
  await until(() => expect(stage.outcomes()).toEqual(['note cancelled']));
  expect(stage.answers).toEqual([]);
});

it('answers silently when people stop Gemini, because it would wait', async () => {
  await connect();
  call(noted('c1'));
  await running(1);
  stage.tools.stop();
  await until(() => expect(stage.told()).toEqual([{ c1: { error: 'The call was cancelled.' } }]));
  expect(stage.answers[0]?.[0]?.scheduling).toBe(FunctionResponseScheduling.SILENT);
});

it('runs nothing that people do not want, but does not let Gemini wait', async () => {
  await connect();
  stage.tools.refuse([noted('c1'), noted('c2', 'bread')]);
  const answer = { error: 'Nobody has asked you.' };
  expect(stage.told()).toEqual([{ c1: answer, c2: answer }]);
  expect(stage.answers[0]?.[0]?.scheduling).toBe(FunctionResponseScheduling.SILENT);
  call(noted('c1'));
  expect(stage.tools.busy).toBe(false);
  expect(stage.lines).toEqual([]);
});

it('cancels everything when a session begins that knows nothing of it', async () => {
  await connect();
  call(noted('c1'));
  await running(1);
  stage.tools.onLost();
  await connect(GOES_ON, false);
  expect(stage.outcomes()).toEqual(['note cancelled']);
  call(noted('c1'));
  await running(2);
});

it('tells Gemini what was wrong: an unknown tool, unfit arguments, too many of them, an error', async () => {
  const broken = defineTool({
    ...{ name: 'broken', description: 'Fails.', parameters: z.object({}) },
    run: () => {
      throw new Error('The printer is out of paper.');
    },
  });
  await stage.tools.connecting([echo, broken], GOES_ON, true);
  call({ id: 'c1', name: 'nothing', args: {} });
  call({ id: 'c2', name: 'echo', args: { text: 7 } });
  call({ id: 'c3', name: 'echo', args: { text: 'x'.repeat(300) } });
  call({ id: 'c4', name: 'broken' });
  await until(() => expect(stage.answers).toHaveLength(4));
  const told = Object.assign({}, ...stage.told()) as Record<string, { error: string }>;
  expect(told['c1']?.error).toBe('There is no tool nothing. There are: echo, broken');
  expect(told['c2']?.error).toContain('expected string, received number');
  expect(told['c3']?.error).toContain('too long');
  expect(told['c4']?.error).toBe('The printer is out of paper.');
  expect(stage.outcomes().toSorted()).toEqual(['broken error', 'echo error', 'echo error', 'nothing error']);
});

it('gives up a tool that does not answer in time', async () => {
  stage = new ToolStage({ deadlineMs: 50 });
  await connect();
  call(noted('c1'));
  await until(() =>
    expect(stage.told()).toEqual([{ c1: { error: 'The tool did not answer within 0.05 s.' } }]),
  );
  expect(note.runs[0]?.signal.aborted).toBe(true);
  expect(stage.outcomes()).toEqual(['note timeout']);
});

it('runs a few at a time, the others in turn, and refuses more than may wait', async () => {
  await connect();
  call(...['a', 'b', 'c', 'd', 'e'].map((text) => noted(text, text)));
  await until(() => expect(stage.outcomes()).toEqual(['note error']));
  expect(stage.told()).toEqual([{ e: { error: 'Too many tools run at once. Try again later.' } }]);
  expect(note.runs).toHaveLength(2);
  note.runs[0]?.end('done');
  await running(3);
  note.runs[1]?.end('done');
  await running(4);
});

it('cuts a long answer and says so, to Gemini and in what is kept', async () => {
  stage = new ToolStage({ argsCharacters: 10_000 });
  await connect();
  const text = 'y'.repeat(5_000);
  call({ id: 'c1', name: 'echo', args: { text } });
  await until(() => expect(stage.answers).toHaveLength(1));
  expect(stage.told()[0]?.['c1']).toEqual({
    output: `"${'y'.repeat(99)}`,
    remark: 'The answer was cut: these are the first 100 of 5002 characters of its JSON.',
  });
  expect(EventBody.safeParse(stage.lines[0]?.body).success).toBe(true);
});

it('knows what a former owner has run: by its id, and by what it was until Gemini has said something', async () => {
  const ran = (seq: number, callId: string, text: string): Event => ({
    ...{ seq, at: 500_000, key: `tool:${newId()}`, actor: GEMINI },
    body: {
      ...{ type: 'tool.called', callId, name: 'note', outcome: 'ok', durationMs: 3 },
      ...{ args: JSON.stringify({ text }), result: '{"ok":true}' },
    },
  });
  const spoke: Event = {
    ...{ seq: 2, at: 500_000, key: newId(), actor: GEMINI },
    body: { type: 'speech', text: 'Noted.', interrupted: false },
  };
  await connect();
  stage.tools.remember([ran(1, 'c1', 'eggs'), spoke, ran(3, 'c2', 'milk')], 501_000);
  call(noted('c9'));
  await until(() => expect(stage.told()).toEqual([{ c9: { output: { ok: true } } }]));
  call(noted('c10', 'eggs'));
  await running(1);
  call(noted('c1', 'eggs'));
  await until(() => expect(stage.told().at(-1)).toEqual({ c1: { output: { ok: true } } }));
  expect(note.runs).toHaveLength(1);
  expect(stage.lines).toEqual([]);
});

it('has written everything down when it is closed', async () => {
  await connect();
  call(noted('c1'));
  await running(1);
  await stage.tools.close();
  expect(stage.outcomes()).toEqual(['note cancelled']);
  expect(stage.answers).toEqual([]);
});
