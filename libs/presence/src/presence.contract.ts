import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Presence } from './presence.ts';

export interface PresenceEngine {
  /** Two processes; for an engine inside a process both are the same. */
  readonly one: Presence;
  readonly two: Presence;
  /** Lets time pass for the engine. */
  readonly advance: (ms: number) => Promise<void>;
}

const TTL_MS = 60;
const LONG_MS = 60_000;

/** What a {@link Presence} promises, whatever the engine. Each call of `open` makes an empty one. */
export function describePresence(engine: string, open: () => Promise<PresenceEngine>): void {
  describe(`presence, ${engine}`, () => {
    let one: Presence;
    let two: Presence;
    let advance: (ms: number) => Promise<void>;

    beforeEach(async () => {
      ({ one, two, advance } = await open());
    });
    afterEach(async () => {
      await Promise.all([one.close(), two.close()]);
    });

    const connection = (roomId: string, connectionId: string, participantId: string) => ({
      ...{ roomId, connectionId, participantId },
      details: { name: `name of ${participantId}`, list: [], nested: { empty: {} } },
    });
    const join = (roomId: string, connectionId: string, participantId: string, ttlMs = LONG_MS) =>
      one.join(connection(roomId, connectionId, participantId), ttlMs);
    const ids = async (roomId: string) => (await two.list(roomId)).map((each) => each.connectionId);

    it('keeps nothing of a room that is erased, and says of nobody that they have left', async () => {
      for (const number of [1, 2, 3]) await join('room', `c${number}`, number === 3 ? 'bob' : 'ada', TTL_MS);
      await join('other', 'c1', 'ada');
      await two.erase('room');
      expect(await ids('room')).toEqual([]);
      expect(await one.rooms()).toEqual(['other']);
      expect(await one.beat([{ roomId: 'room', connectionId: 'c1' }], LONG_MS)).toEqual(['c1']);
      await advance(TTL_MS + 1);
      expect(await one.sweep()).toEqual([]);
      expect(await join('room', 'c4', 'ada')).toEqual({ source: 1, first: true });
      await two.erase('never');
    });

    it('lists connections with their details, oldest first, the same for everybody', async () => {
      await join('room', 'c2', 'ada');
      await two.join(connection('room', 'c1', 'bob'), LONG_MS);
      await join('other', 'c3', 'ada');
      const expected = [
        { ...connection('room', 'c2', 'ada'), source: 1, state: 'present' },
        { ...connection('room', 'c1', 'bob'), source: 2, state: 'present' },
      ];
      expect(await one.list('room')).toEqual(expected);
      expect(await two.list('room')).toEqual(expected);
      expect((await one.rooms()).sort()).toEqual(['other', 'room']);
      expect(await one.list('nowhere')).toEqual([]);
    });

    it('keeps details as they were when they were given', async () => {
      const details = { muted: false };
      await one.join({ roomId: 'room', connectionId: 'c', participantId: 'ada', details }, LONG_MS);
      details.muted = true;
      expect((await one.list('room'))[0]?.details).toEqual({ muted: false });
      await one.join({ ...connection('room', 'd', 'bob'), details: undefined }, LONG_MS);
      expect((await one.list('room'))[1]?.details).toBeNull();
    });

    it('calls the first connection of a person first, and no other', async () => {
      expect(await join('room', 'c1', 'ada')).toEqual({ source: 1, first: true });
      expect(await join('room', 'c2', 'ada')).toEqual({ source: 2, first: false });
      expect(await join('room', 'c3', 'bob')).toEqual({ source: 3, first: true });
      expect(await join('other', 'c4', 'ada')).toEqual({ source: 1, first: true });
    });

    it('tells exactly one of many processes that a person came, and gives each connection its own source', async () => {
      const joins = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).join(connection('room', `c${index}`, 'ada'), LONG_MS),
      );
      const results = await Promise.all(joins);
      expect(results.filter(({ first }) => first)).toHaveLength(1);
      expect(results.map(({ source }) => source).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 40 }, (_, index) => index + 1),
      );
    });

    it('takes a repeated join for the same connection', async () => {
      await join('room', 'c1', 'ada');
      expect(await join('room', 'c1', 'ada')).toEqual({ source: 1, first: false });
      expect(await ids('room')).toEqual(['c1']);
      expect(await one.leave('room', 'c1')).toMatchObject({ last: true });
    });

    it('calls the last connection of a person last, exactly once', async () => {
      await join('room', 'c1', 'ada');
      await join('room', 'c2', 'ada');
      expect(await one.leave('room', 'c1')).toMatchObject({
        last: false,
        connection: { connectionId: 'c1' },
      });
      const leaves = await Promise.all([one.leave('room', 'c2'), two.leave('room', 'c2')]);
      const done = leaves.filter((departure) => departure !== undefined);
      expect(done).toEqual([
        { last: true, connection: { ...connection('room', 'c2', 'ada'), source: 2, state: 'present' } },
      ]);
      expect(await one.rooms()).toEqual([]);
      expect(await one.leave('room', 'never')).toBeUndefined();
    });

    it('does not give a source again after its connection has gone, even when the room was empty', async () => {
      await join('room', 'c1', 'ada');
      await one.leave('room', 'c1');
      expect(await join('room', 'c2', 'ada')).toEqual({ source: 2, first: true });
    });

    it('changes state and details by themselves', async () => {
      await join('room', 'c1', 'ada');
      expect(await two.update('room', 'c1', { state: 'away' })).toEqual({
        ...{ ...connection('room', 'c1', 'ada'), source: 1, state: 'away' },
      });
      expect(await one.update('room', 'c1', { details: [] })).toMatchObject({ state: 'away', details: [] });
      expect(await one.list('room')).toMatchObject([{ source: 1, state: 'away', details: [] }]);
      expect(await one.update('room', 'never', { state: 'away' })).toBeUndefined();
    });

    it('keeps a connection that is reported, and sweeps one that is not', async () => {
      await join('room', 'c1', 'ada', TTL_MS);
      await join('room', 'c2', 'bob', TTL_MS);
      expect(await one.sweep()).toEqual([]);
      expect(await two.beat([{ roomId: 'room', connectionId: 'c1' }], LONG_MS)).toEqual([]);
      await advance(TTL_MS + 1);
      expect(await two.sweep()).toMatchObject([{ connection: { connectionId: 'c2' }, last: true }]);
      expect(await ids('room')).toEqual(['c1']);
    });

    it('counts an expired connection as there until it is swept, so that nobody comes twice', async () => {
      await join('room', 'c1', 'ada', TTL_MS);
      await advance(TTL_MS + 1);
      expect(await join('room', 'c2', 'ada')).toEqual({ source: 2, first: false });
      expect(await one.sweep()).toMatchObject([{ connection: { connectionId: 'c1' }, last: false }]);
      await join('room', 'c3', 'bob', TTL_MS);
      await advance(TTL_MS + 1);
      expect(await one.beat([{ roomId: 'room', connectionId: 'c3' }], LONG_MS)).toEqual([]);
      expect(await one.sweep()).toEqual([]);
    });

    it('names the reported connections that are not there any more', async () => {
      await join('room', 'c1', 'ada');
      const reported = ['c0', 'c1', 'c2'].map((connectionId) => ({ roomId: 'room', connectionId }));
      expect(await one.beat(reported, LONG_MS)).toEqual(['c0', 'c2']);
      expect(await one.beat([{ roomId: 'other', connectionId: 'c1' }], LONG_MS)).toEqual(['c1']);
      expect(await one.beat([], LONG_MS)).toEqual([]);
    });

    it('gives each of many expired connections to exactly one of many who sweep', async () => {
      const expected: string[] = [];
      for (let index = 0; index < 60; index += 1) {
        expected.push(`c${index}`);
        await join(`room ${index % 7}`, `c${index}`, `person ${index % 20}`, 1);
      }
      await advance(2);
      const sweeps = await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? one : two).sweep()));
      const departures = sweeps.flat();
      expect(departures.map((each) => each.connection.connectionId).sort()).toEqual(expected.sort());
      // 60 connections in 7 rooms of 20 people: 7 and 20 have no common divisor, so all are in different pairs.
      expect(departures.filter((each) => each.last)).toHaveLength(60);
      expect(await one.rooms()).toEqual([]);
    });

    it('ends a connection once when it leaves and expires at the same time', async () => {
      await join('room', 'c1', 'ada', 1);
      await advance(2);
      const [left, swept] = await Promise.all([one.leave('room', 'c1'), two.sweep()]);
      expect([left, ...swept].filter((departure) => departure !== undefined)).toHaveLength(1);
      expect(await one.sweep()).toEqual([]);
    });

    it('takes any text as an id', async () => {
      const odd = ['a b', '["x"]', 'ü/"\\', '{}:*'];
      for (const id of odd) await one.join(connection(id, id, id), 1);
      expect((await one.rooms()).sort()).toEqual([...odd].sort());
      expect(await one.beat([{ roomId: 'ü/"\\', connectionId: 'ü/"\\' }], 1)).toEqual([]);
      await advance(2);
      const swept = (await one.sweep()).map((departure) => departure.connection.participantId);
      expect(swept.sort()).toEqual([...odd].sort());
    });
  });
}
