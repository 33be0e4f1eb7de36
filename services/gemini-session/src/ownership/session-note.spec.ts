import { createLogger } from '@studio/platform';
import { InProcessLeases } from '@studio/presence';
import type { Lease } from '@studio/presence';
import { expect, it, vi } from 'vitest';
import { NoteKeeper, recallNote } from './session-note.ts';

const logger = createLogger('test', { level: 'silent' });
const note = (handle: string) => ({ handle, model: 'm', at: Date.now(), known: { seq: 1, keys: ['k'] } });

async function stage() {
  const leases = new InProcessLeases();
  const lease = await leases.acquire('live:room', 'a', 60_000);
  if (lease === undefined) throw new Error('no lease');
  return { leases, lease, keeper: new NoteKeeper({ leases, lease, logger }) };
}

it('keeps the newest handle for the next owner, however fast they come', async () => {
  const { leases, lease, keeper } = await stage();
  for (let i = 1; i <= 20; i++) keeper.keep(note(`h${i}`));
  await keeper.close();
  expect(await recallNote(leases, lease)).toMatchObject({ handle: 'h20', known: { seq: 1, keys: ['k'] } });
});

it('tries again when the store is away, and ends when it is to end', async () => {
  const { leases, lease, keeper } = await stage();
  const remember = vi.spyOn(leases, 'remember').mockRejectedValueOnce(new Error('away'));
  keeper.keep(note('h'));
  await vi.waitFor(() => expect(remember).toHaveBeenCalledTimes(2), { timeout: 5_000 });
  expect(await recallNote(leases, lease)).toMatchObject({ handle: 'h' });
  remember.mockRejectedValue(new Error('away'));
  keeper.keep(note('later'));
  await keeper.close();
  expect(await recallNote(leases, lease)).toMatchObject({ handle: 'h' });
});

it('leaves the note of a newer owner alone', async () => {
  const { leases, lease, keeper } = await stage();
  await leases.release(lease);
  const next = (await leases.acquire('live:room', 'b', 60_000)) as Lease;
  const newer = new NoteKeeper({ leases, lease: next, logger });
  newer.keep(note('newer'));
  await newer.close();
  keeper.keep(note('stale'));
  await keeper.close();
  expect(await recallNote(leases, next)).toMatchObject({ handle: 'newer' });
});

it('is of no use when the service has forgotten the session, or when it is of another version', async () => {
  const { leases, lease, keeper } = await stage();
  keeper.keep(note('h'));
  await keeper.close();
  expect(await recallNote(leases, lease, Date.now() + 2 * 60 * 60 * 1_000)).toBeUndefined();
  await leases.remember(lease, '{"handle":"h"}', 60_000);
  expect(await recallNote(leases, lease)).toBeUndefined();
});
