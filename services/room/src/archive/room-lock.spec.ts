import { newId, StudioError } from '@studio/contracts';
import { InProcessLeases } from '@studio/presence';
import { expect, it } from 'vitest';
import { RoomLock, roomLockName } from './room-lock.ts';

const lockOf = () => {
  const [leases, roomId] = [new InProcessLeases(), newId()];
  return { leases, roomId, lock: new RoomLock(leases) };
};

it('lets one at a time in', async () => {
  const { roomId, lock } = lockOf();
  const entered: boolean[] = [];
  await lock.with(roomId, async () => {
    entered.push(await lock.tryWith(roomId, () => Promise.resolve()));
  });
  await lock.with(roomId, () => Promise.resolve(void entered.push(true)));
  expect(entered).toEqual([false, true]);
});

it('leaves nothing of a room behind, which may be gone, whatever becomes of what is done under it', async () => {
  const { leases, roomId, lock } = lockOf();
  await lock.with(roomId, () => Promise.resolve());
  expect(await leases.token(roomLockName(roomId))).toBe(0);
  const gone = new StudioError('not_found', 'There is no such room.');
  await expect(lock.with(roomId, () => Promise.reject(gone))).rejects.toBe(gone);
  expect(await leases.token(roomLockName(roomId))).toBe(0);
});
