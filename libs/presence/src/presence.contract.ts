import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connection, describeComings } from './comings.contract.ts';
import type { Presence } from './presence.ts';
import { RoomFullError } from './room-full-error.ts';

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
  describeComings(engine, open);
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
      expect(await join('room', 'c4', 'ada')).toMatchObject({ first: true });
      await two.erase('never');
    });

    it('lists connections with their details, oldest first, the same for everybody', async () => {
      const { source } = await join('room', 'c2', 'ada');
      await two.join(connection('room', 'c1', 'bob'), LONG_MS);
      await join('other', 'c3', 'ada');
      const expected = [
        { ...connection('room', 'c2', 'ada'), source, state: 'present' },
        { ...connection('room', 'c1', 'bob'), source: source + 1, state: 'present' },
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
      const { source, first } = await join('room', 'c1', 'ada');
      expect(first).toBe(true);
      expect(await join('room', 'c2', 'ada')).toEqual({ source: source + 1, first: false });
      expect(await join('room', 'c3', 'bob')).toEqual({ source: source + 2, first: true });
      expect(await join('other', 'c4', 'ada')).toMatchObject({ first: true });
    });

    it('tells exactly one of many processes that a person came, and gives each connection its own source', async () => {
      const joins = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).join(connection('room', `c${index}`, 'ada'), LONG_MS),
      );
      const results = await Promise.all(joins);
      expect(results.filter(({ first }) => first)).toHaveLength(1);
      const sources = results.map(({ source }) => source).sort((a, b) => a - b);
      expect(sources).toEqual(Array.from({ length: 40 }, (_, index) => (sources[0] ?? 0) + index));
      expect(sources[0]).toBeGreaterThan(0);
    });

    it('takes a repeated join for the same connection', async () => {
      const { source } = await join('room', 'c1', 'ada');
      expect(await join('room', 'c1', 'ada')).toEqual({ source, first: false });
      expect(await ids('room')).toEqual(['c1']);
      expect(await one.leave('room', 'c1')).toMatchObject({ last: true });
    });

    it('calls the last connection of a person last, exactly once', async () => {
      await join('room', 'c1', 'ada');
      const { source } = await join('room', 'c2', 'ada');
      expect(await one.leave('room', 'c1')).toMatchObject({
        last: false,
        connection: { connectionId: 'c1' },
      });
      const leaves = await Promise.all([one.leave('room', 'c2'), two.leave('room', 'c2')]);
      const done = leaves.filter((departure) => departure !== undefined);
      expect(done).toEqual([
        { last: true, connection: { ...connection('room', 'c2', 'ada'), source, state: 'present' } },
      ]);
      expect(await one.rooms()).toEqual([]);
      expect(await one.leave('room', 'never')).toBeUndefined();
    });

    it('does not give a source again after its connection has gone, even when the room was empty', async () => {
      const { source } = await join('room', 'c1', 'ada');
      await one.leave('room', 'c1');
      expect(await join('room', 'c2', 'ada')).toEqual({ source: source + 1, first: true });
    });

    it('changes state and details by themselves', async () => {
      const { source } = await join('room', 'c1', 'ada');
      expect(await two.update('room', 'c1', { state: 'away' })).toEqual({
        ...{ ...connection('room', 'c1', 'ada'), source, state: 'away' },
      });
      expect(await one.update('room', 'c1', { details: () => [] })).toMatchObject({
        state: 'away',
        details: [],
      });
      expect(await one.list('room')).toMatchObject([{ source, state: 'away', details: [] }]);
      expect(await one.update('room', 'never', { state: 'away' })).toBeUndefined();
      expect(await one.update('room', 'never', { details: () => 1 })).toBeUndefined();
    });

    it('loses no change of many that are made to the same details at once', async () => {
      await join('room', 'c1', 'ada');
      await one.update('room', 'c1', { details: () => ({}) });
      const parts = Array.from({ length: 24 }, (_, number) => `part ${number}`);
      const add = (part: string) => (kept: unknown) => ({ ...(kept as object), [part]: true });
      await Promise.all(
        parts.map((part, turn) => (turn % 2 === 0 ? one : two).update('room', 'c1', { details: add(part) })),
      );
      const [{ details } = { details: {} }] = await two.list('room');
      expect(Object.keys(details as object).toSorted()).toEqual(parts.toSorted());
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
      const { source } = await join('room', 'c1', 'ada', TTL_MS);
      await advance(TTL_MS + 1);
      expect(await join('room', 'c2', 'ada')).toEqual({ source: source + 1, first: false });
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

    it('gives a connection its former source unless another one has it, and none below it to others', async () => {
      const { source } = await join('room', 'c1', 'ada');
      const rejoin = (connectionId: string, formerSource: number) =>
        two.join({ ...connection('room', connectionId, 'bob'), formerSource, rejoin: true }, LONG_MS);
      expect(await rejoin('c2', source + 50)).toMatchObject({ source: source + 50 });
      expect(await join('room', 'c3', 'ada')).toMatchObject({ source: source + 51 });
      expect(await rejoin('c4', source)).toMatchObject({ source: source + 52 });
    });

    it('takes no more people than may be, but any number of their connections', async () => {
      const enter = (connectionId: string, participantId: string) =>
        two.join(
          { ...connection('room', connectionId, participantId), announced: true, capacity: 2 },
          LONG_MS,
        );
      await enter('c1', 'ada');
      await enter('c2', 'bob');
      await expect(enter('c3', 'eve')).rejects.toThrow(RoomFullError);
      await enter('c4', 'bob');
      expect(await ids('room')).toEqual(['c1', 'c2', 'c4']);
      expect(await two.unsettled('room')).toHaveLength(2);
      await one.leave('room', 'c1');
      await enter('c3', 'eve');
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
