import { NO_USAGE } from '@studio/contracts';
import { afterEach, expect, it } from 'vitest';
import { Meeting } from '../testing/meeting.ts';
import { Stage, until } from '../testing/service.ts';

let stage = new Stage();
afterEach(async () => {
  await stage.close();
  stage = new Stage();
});

const FAST = { speed: 20, latencyMs: 200, setupDelayMs: 50 };

const is = (meeting: Meeting, state: string) => until(() => expect(meeting.status()?.state).toBe(state));
const notices = (meeting: Meeting) =>
  meeting.room.events.flatMap(({ body }) => (body.type === 'gemini.notice' ? body.text : []));

async function begin() {
  const live = await stage.emulator(FAST);
  const meeting = await Meeting.start();
  const ana = await meeting.enter('Ana');
  return { live, meeting, ana };
}

/** Ana asks something, and Gemini has answered it. */
async function exchange(meeting: Meeting, ana: Awaited<ReturnType<typeof begin>>['ana']) {
  const before = meeting.room.speeches().length;
  meeting.room.chat(ana.actor, 'Who is here?');
  await until(() => expect(meeting.room.speeches()).toHaveLength(before + 1));
}

it('counts what Gemini uses, shows it, and writes it down when the room is given back', async () => {
  const { live, meeting, ana } = await begin();
  const service = await stage.serve(meeting, live.url);
  await is(meeting, 'listening');
  await exchange(meeting, ana);
  await until(() => expect(meeting.status()?.usage.costUsd).toBeGreaterThan(0));
  await stage.end(service);
  const { usage } = meeting.room;
  expect(usage.input.text).toBeGreaterThan(0);
  expect(usage.output.audio).toBeGreaterThan(0);
  const { input, output } = usage;
  const cost = input.text * 0.75 + input.audio * 3 + input.image + output.text * 4.5 + output.audio * 12;
  expect(usage.costUsd).toBeCloseTo(cost / 1_000_000, 10);

  await stage.serve(meeting, live.url);
  await until(() => expect(meeting.status()).toMatchObject({ state: 'listening', usage }));
});

it('ends the session, not the room, when the budget is used up, and comes back when it is raised', async () => {
  const { live, meeting, ana } = await begin();
  meeting.room.setLive(ana.actor, { budgetUsd: 0.000_001 });
  await stage.serve(meeting, live.url);
  await is(meeting, 'listening');
  await exchange(meeting, ana);
  await is(meeting, 'unavailable');
  expect(meeting.status()?.reason).toBe('The budget of this room for Gemini is used up.');
  await until(() => expect(live.sessions().at(-1)?.openConnections).toBe(0));
  await until(() => expect(notices(meeting)).toHaveLength(1));
  expect(notices(meeting)[0]).toContain('is used up');
  // The room goes on without it.
  meeting.room.chat(ana.actor, 'Never mind.');
  expect(await meeting.command({ type: 'status' })).toMatchObject({ state: 'unavailable' });

  meeting.room.setLive(ana.actor, { budgetUsd: 100 });
  await is(meeting, 'listening');
  await exchange(meeting, ana);
  expect(notices(meeting)).toHaveLength(1);
});

it('does not even connect for a room whose budget was used up before', async () => {
  const { live, meeting, ana } = await begin();
  meeting.room.usage = { ...NO_USAGE, costUsd: 2 };
  meeting.room.setLive(ana.actor, { budgetUsd: 1 });
  await stage.serve(meeting, live.url);
  await is(meeting, 'unavailable');
  expect(live.sessions()).toHaveLength(0);
});
