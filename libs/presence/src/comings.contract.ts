import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PresenceEngine } from './presence.contract.ts';
import type { Joining, Presence } from './presence.ts';

const TTL_MS = 60;
const LONG_MS = 60_000;

/** A connection with details of some depth. */
export const connection = (roomId: string, connectionId: string, participantId: string) => ({
  ...{ roomId, connectionId, participantId },
  details: { name: `name of ${participantId}`, list: [], nested: { empty: {} } },
});

/** What a {@link Presence} notes of who comes and goes, whatever the engine. */
export function describeComings(engine: string, open: () => Promise<PresenceEngine>): void {
  describe(`comings and goings, ${engine}`, () => {
    let one: Presence;
    let two: Presence;
    let advance: (ms: number) => Promise<void>;

    beforeEach(async () => {
      ({ one, two, advance } = await open());
    });
    afterEach(async () => {
      await Promise.all([one.close(), two.close()]);
    });

    const announce = (connectionId: string, participantId: string, more: Partial<Joining> = {}) =>
      one.join({ ...connection('room', connectionId, participantId), announced: true, ...more }, LONG_MS);
    const noted = async () =>
      (await two.unsettled('room')).map(({ kind, connection }) => `${kind} ${connection.connectionId}`);

    it('are noted of the announced, in their order, with the connection as it was', async () => {
      await one.join(connection('room', 'c0', 'eve'), LONG_MS);
      const { source } = await announce('c1', 'ada');
      await announce('c2', 'ada');
      await announce('c1', 'ada');
      await one.leave('room', 'c1');
      await one.update('room', 'c2', { state: 'away', details: () => ({ name: 'Ada' }) });
      await one.leave('room', 'c2');
      await one.leave('room', 'c0');
      const expected = { ...connection('room', 'c1', 'ada'), source, state: 'present' };
      const away = {
        ...expected,
        connectionId: 'c2',
        source: source + 1,
        state: 'away',
        details: { name: 'Ada' },
      };
      const passages = await two.unsettled('room');
      expect(passages).toMatchObject([
        { kind: 'joined', alone: false, connection: expected },
        { kind: 'left', alone: false, connection: away },
      ]);
      expect(await one.unsettled('other')).toEqual([]);
    });

    it('stay until they are settled, each by itself', async () => {
      for (const name of ['ada', 'bob', 'eve']) await announce(name, name);
      expect((await two.unsettled('room')).map(({ alone }) => alone)).toEqual([true, false, false]);
      const [first, second, third] = await two.unsettled('room');
      await two.settle('room', [second?.id ?? '']);
      await two.settle('room', [second?.id ?? '']);
      expect(await noted()).toEqual(['joined ada', 'joined eve']);
      await advance(TTL_MS);
      expect(await one.unsettledRooms(TTL_MS)).toEqual(['room']);
      expect(await one.unsettledRooms(LONG_MS)).toEqual([]);
      await two.settle('room', [first?.id ?? '', third?.id ?? '']);
      expect(await noted()).toEqual([]);
      expect(await one.unsettledRooms(0)).toEqual([]);
    });

    it('are noted as lost of those who expire, and not at all of a room that is erased', async () => {
      await one.join({ ...connection('room', 'c1', 'ada'), announced: true }, TTL_MS);
      await advance(TTL_MS + 1);
      await one.sweep();
      expect(await noted()).toEqual(['joined c1', 'lost c1']);
      await announce('c2', 'bob');
      await one.erase('room');
      expect(await noted()).toEqual([]);
      expect(await one.unsettledRooms(0)).toEqual([]);
    });

    it('are not noted of a rejoin of somebody who was not noted as gone', async () => {
      const { source } = await announce('c1', 'ada');
      await announce('c2', 'bob');
      await one.leave('room', 'c1');
      const again = { rejoin: true, formerSource: source };
      expect(await announce('c1', 'ada', again)).toEqual({ source, first: true });
      expect(await announce('c9', 'eve', { rejoin: true, formerSource: source + 9 })).toEqual({
        ...{ source: source + 9, first: false },
      });
      expect(await noted()).toEqual(['joined c1', 'joined c2', 'left c1', 'joined c1']);
      await one.leave('room', 'c9');
      expect((await noted()).at(-1)).toBe('left c9');
    });
  });
}
