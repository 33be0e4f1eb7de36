import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@studio/platform';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LIMITS_OF_CALLS, scriptedContext } from '../testing/tools.ts';
import { loadTools } from './load-tools.ts';
import { runTool } from './run-tool.ts';
import type { CallEnd } from './run-tool.ts';
import type { ToolRegistry } from './tool-registry.ts';

let directory: string;
let server: Server;
/** What the tool's service was asked, and what it says. */
let asked: { headers: IncomingHttpHeaders; body: string }[];
let reply: { status: number; headers: Record<string, string>; body: string };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'studio-tools-'));
  asked = [];
  reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"state":"open"}' };
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`;

function described(changes: object = {}): Promise<string> {
  const tool = {
    ...{ name: 'ticket_status', description: 'Tells how a ticket stands.', url: address() },
    parameters: { type: 'object', properties: { ticket: { type: 'string' } }, required: ['ticket'] },
    headers: { authorization: 'Bearer ${TICKETS_TOKEN}' },
    ...changes,
  };
  return file('tools.json', JSON.stringify({ tools: [tool] }));
}

function call(registry: ToolRegistry, name: string, args: object): Promise<CallEnd> {
  const [tool] = registry.selected([name]);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  const { signal } = new AbortController();
  const limits = LIMITS_OF_CALLS;
  return runTool(tool, args, { room: scriptedContext(), limits, cancelled: signal, deadline: signal });
}

async function problems(paths: string[], env = {}): Promise<readonly string[]> {
  const error: unknown = await loadTools(paths, env).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ConfigError)) throw new Error('no ConfigError', { cause: error });
  return error.problems;
}

it('has the built-in tools, and gives a room those that it chose', async () => {
  const registry = await loadTools([], {});
  expect(registry.list.map(({ name }) => name)).toEqual([
    'search_conversation',
    'who_is_here',
    'current_time',
  ]);
  expect(registry.selected(null)).toHaveLength(3);
  expect(registry.selected(['current_time', 'gone', 'current_time'])).toMatchObject([
    { name: 'current_time' },
  ]);
  expect(registry.selected([])).toEqual([]);
});

it('takes tools of a module, with parameters in zod or as JSON Schema', async () => {
  const path = await file(
    'tools.mjs',
    `export default ({ z }) => [
      { name: 'double', description: 'Doubles.', parameters: z.object({ n: z.number() }), run: ({ n }) => 2 * n },
      { name: 'greet', description: 'Greets.', parameters: { type: 'object', properties: { who: { type: 'string' } }, required: ['who'] },
        run: async ({ who }, room) => ({ text: 'Hello ' + who, people: room.people().length }) },
    ];`,
  );
  const registry = await loadTools([path], {});
  expect(await call(registry, 'double', { n: 21 })).toEqual({ outcome: 'ok', response: { output: 42 } });
  expect(await call(registry, 'double', { n: 'x' })).toMatchObject({ outcome: 'error' });
  expect(await call(registry, 'greet', { who: 'Ana' })).toMatchObject({
    response: { output: { text: 'Hello Ana', people: 0 } },
  });
  expect(await call(registry, 'greet', {})).toMatchObject({ outcome: 'error' });
});

it('calls a described tool over HTTP, with a header from the environment', async () => {
  const registry = await loadTools([await described()], { TICKETS_TOKEN: 'secret' });
  expect(await call(registry, 'ticket_status', { ticket: 'A-1' })).toEqual({
    outcome: 'ok',
    response: { output: { state: 'open' } },
  });
  expect(asked).toMatchObject([{ headers: { authorization: 'Bearer secret' }, body: '{"ticket":"A-1"}' }]);
});

it('goes nowhere else than where the operator said, whatever the answer names', async () => {
  reply = { status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' }, body: '' };
  const registry = await loadTools([await described()], { TICKETS_TOKEN: 'secret' });
  expect(await call(registry, 'ticket_status', { ticket: 'A-1' })).toEqual({
    outcome: 'error',
    response: { error: "The tool's service cannot be reached." },
  });
  expect(asked).toHaveLength(1);
});

it.each([
  ['a status', { status: 500, body: 'no such ticket' }, 'answered with status 500: no such ticket'],
  ['too much', { body: `"${'x'.repeat(300_000)}"` }, 'answered more than 256 KiB'],
  ['broken JSON', { body: '{' }, 'said that it answers JSON'],
])('makes %s of the service an error that Gemini is told', async (_, changes, message) => {
  reply = { ...reply, ...changes };
  const registry = await loadTools([await described()], { TICKETS_TOKEN: 'secret' });
  const { outcome, response } = await call(registry, 'ticket_status', { ticket: 'A-1' });
  expect(outcome).toBe('error');
  expect(response['error']).toContain(message);
});

it.each([
  ['throws', 'throw new Error("boom\\nsecond line")', /: boom$/],
  ['cannot be parsed', 'export default (', /GEMINI_TOOLS: .*tools\.mjs: /],
  ['exports no function', 'export const tools = []', /default export must be a function/],
  ['gives no list', 'export default () => 7', /must give a list of tools/],
  [
    'has a bad name',
    'export default () => [{ name: "a b", description: "x", parameters: {}, run() {} }]',
    /tool 1: name: /,
  ],
  [
    'has no function',
    'export default () => [{ name: "a", description: "x", parameters: {} }]',
    /run: must be a function/,
  ],
  [
    'has parameters that are no object',
    'export default () => [{ name: "a", description: "x", parameters: { type: "string" }, run() {} }]',
    /tool a: parameters: must be a JSON Schema of type object/,
  ],
  [
    'has parameters that Gemini cannot be told',
    'export default ({ z }) => [{ name: "a", description: "x", parameters: z.object({ any: z.unknown() }), run() {} }]',
    /tool a: parameters\.any: needs one of the types/,
  ],
  [
    'takes a name that there is',
    'export default ({ z }) => [{ name: "who_is_here", description: "x", parameters: z.object({}), run() {} }]',
    /two tools with the name who_is_here/,
  ],
])('tells in one line what is wrong with a module that %s', async (_, content, message) => {
  const told = await problems([await file('tools.mjs', content)]);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(message);
  expect(told[0]).not.toContain('\n');
});

it('tells what is wrong with descriptions: no file, no JSON, a bad URL, a variable that is not set', async () => {
  expect(await problems([join(directory, 'gone.json')])).toMatchObject([
    expect.stringContaining('ENOENT') as string,
  ]);
  expect(await problems([await file('bad.json', '{')])).toHaveLength(1);
  expect(
    await problems([await described({ url: 'file:///etc/passwd' })], { TICKETS_TOKEN: 'x' }),
  ).toMatchObject([expect.stringContaining('tools.0.url: must be an http or https URL') as string]);
  expect(await problems([await described()])).toMatchObject([
    expect.stringContaining('headers.authorization: TICKETS_TOKEN is not set') as string,
  ]);
});
