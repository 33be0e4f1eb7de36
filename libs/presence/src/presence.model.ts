import fc from 'fast-check';
import { expect } from 'vitest';
import type { PresenceEngine } from './presence.contract.ts';
import type { Departure, Passage, PresentConnection } from './presence.ts';

const LONG_MS = 60_000;
const BRIEF_MS = 1;

type Step =
  | { do: 'join'; roomId: string; connectionId: string; ttlMs: number; details: number; rejoin: boolean }
  | { do: 'leave' | 'away' | 'back' | 'details'; roomId: string; connectionId: string }
  | { do: 'beat'; connections: { roomId: string; connectionId: string }[]; ttlMs: number }
  | { do: 'sweep' }
  | { do: 'settle'; roomId: string; first: number };

const roomId = fc.constantFrom('x', 'y');
const connectionId = fc.constantFrom('1a', '2a', '3b', '4b');
const ttlMs = fc.constantFrom(BRIEF_MS, LONG_MS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    ...{ do: fc.constant('join'), roomId, connectionId, ttlMs },
    ...{ details: fc.nat(9), rejoin: fc.boolean() },
  }),
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
  fc.record({ do: fc.constant('settle'), roomId, first: fc.integer({ min: 1, max: 3 }) }),
);

const CHANGES: Partial<Record<Step['do'], Pick<PresentConnection, 'state'>>> = {
  away: { state: 'away' },
  back: { state: 'present' },
};

/** The person of a connection: its last character. */
const personOf = (id: string) => id.slice(-1);

/** What a step must have made of the list of what is not settled. */
interface Noted {
  roomId: string;
  kind: Passage['kind'];
  alone: boolean;
  connection: PresentConnection;
}

/** The simplest thing that could be right: a list, searched from end to end. */
class Model {
  #present: (PresentConnection & { brief: boolean })[] = [];
  readonly #sources = new Map<string, number>();
  readonly #gone = new Set<string>();
  #noted: Noted[] = [];

  /** `given`: the first source of a room, which is free. */
  join(
    roomId: string,
    connectionId: string,
    how: { brief: boolean; rejoin: boolean; details: number },
    given: number,
  ) {
    const { brief, rejoin, details } = how;
    const before = this.#find(roomId, connectionId);
    const participantId = personOf(connectionId);
    const first =
      !this.#has(roomId, participantId) && (this.#gone.delete(`${roomId} ${participantId}`) || !rejoin);
    const source = before?.source ?? (this.#sources.get(roomId) ?? given - 1) + 1;
    if (before === undefined) this.#sources.set(roomId, source);
    const now = {
      ...{ roomId, connectionId, participantId, source, brief, details },
      state: 'present' as const,
    };
    this.#present = [...this.#present.filter((each) => each !== before), now];
    const alone = this.#present.every(
      (each) => each.roomId !== roomId || each.participantId === participantId,
    );
    if (first) this.#noted.push({ roomId, kind: 'joined', alone, connection: visible(now) });
    return { source, first };
  }

  noted(roomId: string): Omit<Noted, 'roomId'>[] {
    return this.#noted.flatMap(({ roomId: where, ...rest }) => (where === roomId ? [rest] : []));
  }

  settle(roomId: string, first: number): void {
    const settled = this.#noted.filter((each) => each.roomId === roomId).slice(0, first);
    this.#noted = this.#noted.filter((each) => !settled.includes(each));
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

  leave(roomId: string, connectionId: string, kind: 'left' | 'lost' = 'left'): Departure | undefined {
    const before = this.#find(roomId, connectionId);
    if (before === undefined) return undefined;
    this.#present = this.#present.filter((each) => each !== before);
    const departure = { connection: visible(before), last: !this.#has(roomId, before.participantId) };
    if (departure.last) {
      this.#gone.add(`${roomId} ${before.participantId}`);
      this.#noted.push({ roomId, kind, alone: false, connection: departure.connection });
    }
    return departure;
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
          const { roomId, connectionId, ttlMs, details, rejoin } = each;
          const participantId = personOf(connectionId);
          const joining = { roomId, connectionId, participantId, details, rejoin, announced: true };
          const joined = await presence.join(joining, ttlMs);
          const how = { brief: ttlMs === BRIEF_MS, rejoin, details };
          expect(joined).toEqual(model.join(roomId, connectionId, how, joined.source));
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
            expect(departure).toEqual(model.leave(roomId, connectionId, 'lost'));
          }
        } else if (each.do === 'settle') {
          const unsettled = await presence.unsettled(each.roomId);
          await presence.settle(
            each.roomId,
            unsettled.slice(0, each.first).map(({ id }) => id),
          );
          model.settle(each.roomId, each.first);
        } else {
          const change = CHANGES[each.do] ?? { details: { turn } };
          const { details, ...state } = { details: undefined, ...change };
          const after = await presence.update(each.roomId, each.connectionId, {
            ...state,
            ...(details && { details: () => details }),
          });
          expect(after).toEqual(model.change(each.roomId, each.connectionId, change));
        }
        for (const room of ['x', 'y']) {
          expect(await two.list(room)).toEqual(model.list(room));
          const unsettled = await one.unsettled(room);
          expect(unsettled.map(({ id: _, ...noted }) => noted)).toEqual(model.noted(room));
        }
        const occupied = ['x', 'y'].filter((room) => model.list(room).length > 0);
        expect((await one.rooms()).sort()).toEqual(occupied);
      }
      await Promise.all([one.close(), two.close()]);
    }),
    { numRuns },
  );
}
