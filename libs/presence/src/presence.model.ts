import fc from 'fast-check';
import { expect } from 'vitest';
import type { PresenceEngine } from './presence.contract.ts';
import type { Departure, PresentConnection } from './presence.ts';

const LONG_MS = 60_000;
const BRIEF_MS = 1;

type Step =
  | { do: 'join'; roomId: string; connectionId: string; ttlMs: number; details: number }
  | { do: 'leave' | 'away' | 'back' | 'details'; roomId: string; connectionId: string }
  | { do: 'beat'; connections: { roomId: string; connectionId: string }[]; ttlMs: number }
  | { do: 'sweep' };

const roomId = fc.constantFrom('x', 'y');
const connectionId = fc.constantFrom('1a', '2a', '3b', '4b');
const ttlMs = fc.constantFrom(BRIEF_MS, LONG_MS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('join'), roomId, connectionId, ttlMs, details: fc.nat(9) }),
  fc.record({ do: fc.constantFrom('leave', 'away', 'back', 'details'), roomId, connectionId }),
  fc.record({
    ...{ do: fc.constant('beat'), ttlMs },
    // One gateway has connections of several rooms.
    connections: fc.uniqueArray(fc.record({ roomId, connectionId }), {
      maxLength: 6,
      selector: ({ roomId, connectionId }) => `${roomId} ${connectionId}`,
    }),
  }),
  fc.record({ do: fc.constant('sweep') }),
);

const CHANGES: Partial<Record<Step['do'], Pick<PresentConnection, 'state'>>> = {
  away: { state: 'away' },
  back: { state: 'present' },
};

/** The person of a connection: its last character. */
const personOf = (id: string) => id.slice(-1);

/** The simplest thing that could be right: a list, searched from end to end. */
class Model {
  #present: (PresentConnection & { brief: boolean })[] = [];
  readonly #sources = new Map<string, number>();

  join(roomId: string, connectionId: string, brief: boolean, details: unknown) {
    const before = this.#find(roomId, connectionId);
    const participantId = personOf(connectionId);
    const first = !this.#has(roomId, participantId);
    const source = before?.source ?? (this.#sources.get(roomId) ?? 0) + 1;
    if (before === undefined) this.#sources.set(roomId, source);
    const now = {
      ...{ roomId, connectionId, participantId, source, brief, details },
      state: 'present' as const,
    };
    this.#present = [...this.#present.filter((each) => each !== before), now];
    return { source, first };
  }

  change(roomId: string, connectionId: string, change: Partial<PresentConnection>) {
    const before = this.#find(roomId, connectionId);
    this.#present = this.#present.map((each) => (each === before ? { ...each, ...change } : each));
    const after = this.#find(roomId, connectionId);
    return after && visible(after);
  }

  beat(connections: { roomId: string; connectionId: string }[], brief: boolean): string[] {
    const found = connections.map(({ roomId, connectionId }) => this.#find(roomId, connectionId));
    const gone = connections.filter((_, index) => found[index] === undefined);
    this.#present = this.#present.map((each) => (found.includes(each) ? { ...each, brief } : each));
    return gone.map(({ connectionId }) => connectionId);
  }

  leave(roomId: string, connectionId: string): Departure | undefined {
    const before = this.#find(roomId, connectionId);
    if (before === undefined) return undefined;
    this.#present = this.#present.filter((each) => each !== before);
    return { connection: visible(before), last: !this.#has(roomId, before.participantId) };
  }

  expired(): PresentConnection[] {
    return this.#present.filter((each) => each.brief).map(visible);
  }

  list(roomId: string): PresentConnection[] {
    const inRoom = this.#present.filter((each) => each.roomId === roomId);
    return inRoom.sort((one, other) => one.source - other.source).map(visible);
  }

  #find(roomId: string, connectionId: string) {
    return this.#present.find((each) => each.roomId === roomId && each.connectionId === connectionId);
  }

  #has(roomId: string, participantId: string): boolean {
    return this.#present.some((each) => each.roomId === roomId && each.participantId === participantId);
  }
}

function visible({ brief: _, ...connection }: PresentConnection & { brief: boolean }): PresentConnection {
  return connection;
}

/** Runs random steps on an engine and on the model; what is kept briefly has expired by the time of a sweep. */
export async function checkPresenceAgainstModel(
  open: () => Promise<PresenceEngine>,
  numRuns: number,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
      const { one, two, advance } = await open();
      const model = new Model();
      let turn = 0;
      for (const each of steps) {
        turn += 1;
        const presence = turn % 2 === 0 ? one : two;
        if (each.do === 'join') {
          const { roomId, connectionId, ttlMs, details } = each;
          const participantId = personOf(connectionId);
          const joined = await presence.join({ roomId, connectionId, participantId, details }, ttlMs);
          expect(joined).toEqual(model.join(roomId, connectionId, ttlMs === BRIEF_MS, details));
        } else if (each.do === 'beat') {
          const gone = await presence.beat(each.connections, each.ttlMs);
          expect(gone.sort()).toEqual(model.beat(each.connections, each.ttlMs === BRIEF_MS).sort());
        } else if (each.do === 'leave') {
          const departure = await presence.leave(each.roomId, each.connectionId);
          expect(departure).toEqual(model.leave(each.roomId, each.connectionId));
        } else if (each.do === 'sweep') {
          await advance(3);
          const departures = await presence.sweep();
          // The order among them is free; taken out of the model in the same order, each must be last when it says so.
          expect(departures).toHaveLength(model.expired().length);
          for (const departure of departures) {
            expect(model.expired()).toContainEqual(departure.connection);
            const { roomId, connectionId } = departure.connection;
            expect(departure).toEqual(model.leave(roomId, connectionId));
          }
        } else {
          const change = CHANGES[each.do] ?? { details: { turn } };
          const after = await presence.update(each.roomId, each.connectionId, change);
          expect(after).toEqual(model.change(each.roomId, each.connectionId, change));
        }
        for (const room of ['x', 'y']) expect(await two.list(room)).toEqual(model.list(room));
        const occupied = ['x', 'y'].filter((room) => model.list(room).length > 0);
        expect((await one.rooms()).sort()).toEqual(occupied);
      }
      await Promise.all([one.close(), two.close()]);
    }),
    { numRuns },
  );
}
