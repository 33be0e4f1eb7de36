import { StudioError, newId } from '@studio/contracts';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import { expect, it, vi } from 'vitest';
import { LineAppender } from './line-appender.ts';
import type { Line, LineAppenderOptions } from './line-appender.ts';

type Append = RpcRequest<'room.append'>;

function appender(answer: (request: Append, attempt: number) => Promise<RpcResponse<'room.append'>>) {
  const requests: Append[] = [];
  const onConflict = vi.fn();
  const call = async (_method: string, request: unknown) => {
    requests.push(request as Append);
    return answer(request as Append, requests.length);
  };
  const options: LineAppenderOptions = {
    rpc: { call: call as LineAppenderOptions['rpc']['call'] },
    ...{ roomId: newId(), ownerToken: 7, onConflict, logger: createLogger('test', { level: 'silent' }) },
  };
  return { lines: new LineAppender(options), requests, onConflict };
}

const line = (text: string): Line => ({
  key: `gemini:${newId()}`,
  actor: { id: 'gemini', name: 'Gemini', kind: 'ai' },
  body: { type: 'speech', text, interrupted: false },
});
const done = async () => ({ seq: 1, duplicate: false });

it('repeats a line with the same key until it is acknowledged, and keeps the order', async () => {
  const { lines, requests } = appender((_, attempt) =>
    attempt <= 2 ? Promise.reject(new StudioError('timeout', 'late')) : done(),
  );
  const [first, second] = [line('one'), line('two')];
  lines.append(first);
  lines.append(second);
  await lines.drain(10_000);
  expect(requests.map(({ key }) => key)).toEqual([first.key, first.key, first.key, second.key]);
  expect(requests[0]!.ownerToken).toBe(7);
});

it('does not repeat what is refused, and tells that somebody else owns the room', async () => {
  const { lines, requests, onConflict } = appender((_, attempt) =>
    attempt === 1 ? Promise.reject(new StudioError('conflict', 'fenced')) : done(),
  );
  lines.append(line('one'));
  lines.append(line('two'));
  await lines.drain(10_000);
  expect(onConflict).toHaveBeenCalledOnce();
  expect(requests).toHaveLength(2);
});

it('gives up at the deadline of draining, and takes nothing more', async () => {
  const { lines, requests } = appender(() => Promise.reject(new StudioError('unavailable', 'away')));
  lines.append(line('one'));
  await lines.drain(50);
  const tried = requests.length;
  lines.append(line('two'));
  await lines.drain(50);
  expect(requests.length).toBe(tried);
});

it('is bounded: the oldest of too many waiting lines is lost', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { lines, requests } = appender(() => gate.promise.then(done));
  const all = Array.from({ length: 250 }, (_, i) => line(`${i}`));
  for (const one of all) lines.append(one);
  gate.resolve(undefined);
  await lines.drain(10_000);
  expect(requests.length).toBeLessThanOrEqual(202);
  expect(requests.at(-1)!.key).toBe(all.at(-1)!.key);
});

it('appends a line that comes in the very moment in which the one before is acknowledged', async () => {
  for (let ticks = 0; ticks < 20; ticks++) {
    const acknowledged = Promise.withResolvers<RpcResponse<'room.append'>>();
    const { lines, requests } = appender(() => acknowledged.promise);
    lines.append(line('one'));
    acknowledged.resolve({ seq: 1, duplicate: false });
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    lines.append(line('two'));
    await lines.drain(1_000);
    expect(requests).toHaveLength(2);
  }
});
