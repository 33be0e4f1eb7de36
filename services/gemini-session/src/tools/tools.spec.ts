import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RpcClient } from '@studio/bus';
import { GEMINI_ID } from '@studio/contracts';
import type { EventBody, LiveSettings } from '@studio/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Meeting } from '../testing/meeting.ts';
import type { Person } from '../testing/meeting.ts';
import { Stage, until } from '../testing/service.ts';

let stage = new Stage();
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'studio-tools-'));
});
afterEach(async () => {
  await stage.close();
  stage = new Stage();
  await rm(directory, { recursive: true });
});

const FAST = { speed: 20, latencyMs: 200, setupDelayMs: 50 };

async function begin(env: NodeJS.ProcessEnv = {}, settings: Partial<LiveSettings> = {}) {
  const live = await stage.emulator(FAST);
  const meeting = await Meeting.start();
  const ana = await meeting.enter('Ana');
  if (Object.keys(settings).length > 0) meeting.room.setLive(ana.actor, settings);
  const service = await stage.serve(meeting, live.url, env);
  await until(() => expect(meeting.status()?.state).toBe('listening'));
  return { live, meeting, ana, service };
}

/** A tool that answers when the test touches a file: a module of an operator, in the same process. */
async function slowTool(): Promise<{ path: string; finish: () => Promise<void> }> {
  const path = join(directory, 'slow.mjs');
  const flag = join(directory, 'finish');
  await writeFile(
    path,
    `import { existsSync } from 'node:fs';
    export default ({ z }) => [{
      name: 'print_report', description: 'Prints the report.', parameters: z.object({}),
      run: (_args, _room, signal) => new Promise((resolve) => {
        const timer = setInterval(() => {
          if (!signal.aborted && !existsSync(${JSON.stringify(flag)})) return;
          clearInterval(timer);
          resolve({ printed: true });
        }, 5);
      }),
    }];`,
  );
  return { path, finish: () => writeFile(flag, '') };
}

type Called = Extract<EventBody, { type: 'tool.called' }>;
const called = (meeting: Meeting): Called[] =>
  meeting.room.events.flatMap(({ body }) => (body.type === 'tool.called' ? body : []));
const told = (meeting: Meeting) =>
  meeting.signals.flatMap((signal) => (signal.type === 'tool' ? `${signal.name} ${signal.state}` : []));
const answers = (meeting: Meeting) =>
  meeting.room.events.flatMap(({ actor, body }) =>
    actor.id === GEMINI_ID && body.type === 'speech' ? body : [],
  );
const ask = (meeting: Meeting, ana: Person, text: string) => meeting.room.chat(ana.actor, text);

describe('a tool that Gemini calls', () => {
  it('is run on the server, shown while it runs, kept as an event, and answered from', async () => {
    const { live, meeting, ana } = await begin();
    await meeting.enter('Ben');
    ask(meeting, ana, 'Gemini, call who_is_here {}');
    await until(() => expect(called(meeting)).toHaveLength(1));
    expect(called(meeting)[0]).toMatchObject({ name: 'who_is_here', outcome: 'ok', args: '{}' });
    expect(called(meeting)[0]?.result).toContain('"Ben"');
    expect(told(meeting)).toEqual(['who_is_here running', 'who_is_here ended']);
    const event = meeting.room.events.find(({ body }) => body.type === 'tool.called');
    const signal = meeting.signals.find(({ type }) => type === 'tool');
    expect(signal).toMatchObject({ key: event?.key });
    await until(() => expect(answers(meeting).some(({ text }) => text.includes('Ben'))).toBe(true));
    const responses = live.sessions()[0]?.connections.at(-1)?.toolResponses;
    expect(responses).toMatchObject([{ id: called(meeting)[0]?.callId, name: 'who_is_here', taken: true }]);
  });

  it('finds what was said in the conversation of this room', async () => {
    const { meeting, ana } = await begin();
    ask(meeting, ana, 'The lantern festival is on the ninth of May.');
    await until(() => expect(answers(meeting)).toHaveLength(1));
    ask(meeting, ana, 'Gemini, call search_conversation {"query":"lantern festival"}');
    await until(() => expect(called(meeting)).toHaveLength(1));
    expect(called(meeting)[0]?.result).toContain('ninth of May');
    await until(() => expect(answers(meeting).some(({ text }) => text.includes('ninth of May'))).toBe(true));
  });

  it('is one that the room has chosen', async () => {
    const { live, meeting, ana } = await begin({}, { tools: ['current_time'] });
    const [setup] = live.sessions()[0]?.setups as [{ tools: { functionDeclarations: { name: string }[] }[] }];
    expect(setup.tools.flatMap((tool) => tool.functionDeclarations.map(({ name }) => name))).toEqual([
      'current_time',
    ]);
    ask(meeting, ana, 'What time is it?');
    await until(() => expect(called(meeting)).toMatchObject([{ name: 'current_time', outcome: 'ok' }]));
  });

  it('may be an operator’s, whose failing is told to Gemini and to the room', async () => {
    const path = join(directory, 'broken.mjs');
    await writeFile(
      path,
      `export default ({ z }) => [{ name: 'order_coffee', description: 'Orders coffee.', parameters: z.object({ cups: z.int() }),
        run: () => { throw new Error('The kitchen is closed.'); } }];`,
    );
    const { meeting, ana } = await begin({ GEMINI_TOOLS: path });
    const info = await new RpcClient(meeting.bus).call('live.info', {});
    expect(info.tools.map(({ name }) => name)).toContain('order_coffee');
    ask(meeting, ana, 'Gemini, call order_coffee {"cups":2}');
    await until(() => expect(called(meeting)).toMatchObject([{ name: 'order_coffee', outcome: 'error' }]));
    await until(() =>
      expect(answers(meeting).some(({ text }) => text.includes('kitchen is closed'))).toBe(true),
    );
  });

  it('is waited for by a change of the connection', async () => {
    const slow = await slowTool();
    const { live, meeting, ana } = await begin({ GEMINI_TOOLS: slow.path });
    ask(meeting, ana, 'Gemini, call print_report {}');
    await until(() => expect(told(meeting)).toEqual(['print_report running']));
    meeting.room.setLive(ana.actor, { voice: 'Kore' });
    // Long after the end of what Gemini says meanwhile it is still the same connection.
    await until(() => expect(meeting.status()?.state).toBe('listening'));
    await until(() => expect(live.sessions()[0]?.turns).toBeGreaterThan(0));
    expect(live.sessions()[0]?.setups).toHaveLength(1);
    await slow.finish();
    await until(() => expect(called(meeting)).toMatchObject([{ name: 'print_report', outcome: 'ok' }]));
    await until(() => expect(live.sessions()[0]?.setups).toHaveLength(2));
    expect(live.sessions()[0]?.connections[0]?.toolResponses).toMatchObject([{ taken: true }]);
    await until(() => expect(answers(meeting).some(({ text }) => text.includes('true'))).toBe(true));
    expect(called(meeting)).toHaveLength(1);
  });

  it('is given up when people stop Gemini', async () => {
    const slow = await slowTool();
    const { live, meeting, ana } = await begin({ GEMINI_TOOLS: slow.path });
    ask(meeting, ana, 'Gemini, call print_report {}');
    await until(() => expect(told(meeting)).toEqual(['print_report running']));
    await meeting.command({ type: 'interrupt' });
    await until(() => expect(called(meeting)).toMatchObject([{ outcome: 'cancelled' }]));
    ask(meeting, ana, 'Who is here?');
    await until(() => expect(answers(meeting).length).toBeGreaterThan(0));
    expect(live.sessions()).toHaveLength(1);
    expect(live.sessions()[0]?.connections).toHaveLength(1);
  });
});

describe('a search of the web', () => {
  it('goes together with tools, and its pages stand beside the answer', async () => {
    const { live, meeting, ana } = await begin({}, { grounding: true });
    ask(meeting, ana, 'Gemini, search the web for lanterns');
    await until(() => expect(answers(meeting)).toHaveLength(1));
    expect(answers(meeting)[0]?.sources).toMatchObject([{ uri: expect.stringMatching(/^https:/) as string }]);
    ask(meeting, ana, 'Gemini, call who_is_here {}');
    await until(() => expect(answers(meeting).length).toBeGreaterThan(1));
    expect(
      answers(meeting)
        .slice(1)
        .every(({ sources }) => sources === undefined),
    ).toBe(true);
    expect(live.sessions()).toHaveLength(1);
  });
});
