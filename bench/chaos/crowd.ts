import type { RoomId } from '@studio/contracts';
import { ChaosPerson } from './chaos-person.ts';
import { randomFrom } from './plan.ts';
import { until } from './stack.ts';

/** Between two lines of one person, milliseconds: about one line a second in a room of four. */
const SHORTEST_PAUSE_MS = 300;
const PAUSES_MS = 2_500;
const ENTERED_MS = 30_000;

export interface ChaosRoom {
  readonly id: RoomId;
  readonly people: readonly ChaosPerson[];
}

/** Rooms with people who type, speak, ask Gemini, read back, and come and go, until they are told to stop. */
export class Crowd {
  readonly rooms: readonly ChaosRoom[];
  readonly #seed: number;
  #stopping = false;
  #work: Promise<void>[] = [];

  private constructor(rooms: readonly ChaosRoom[], seed: number) {
    this.rooms = rooms;
    this.#seed = seed;
  }

  static async gather(url: string, options: { rooms: number; people: number; seed: number }): Promise<Crowd> {
    const rooms: ChaosRoom[] = [];
    for (let number = 0; number < options.rooms; number += 1) {
      const owner = await ChaosPerson.signIn(url, `Owner ${number}`);
      const { id } = await owner.api.createRoom({ name: `Chaos ${number}` });
      const others = await Promise.all(
        Array.from({ length: options.people - 1 }, (_, index) =>
          ChaosPerson.signIn(url, `Person ${number}.${index}`),
        ),
      );
      rooms.push({ id, people: [owner, ...others].map((who) => ChaosPerson.enter(who, id)) });
    }
    const crowd = new Crowd(rooms, options.seed);
    await until(() => crowd.people.every(({ open }) => open), ENTERED_MS);
    return crowd;
  }

  get people(): ChaosPerson[] {
    return this.rooms.flatMap(({ people }) => people);
  }

  start(): void {
    this.#work = this.people.map((person, index) => this.#live(person, index));
  }

  /** Resolves when everybody has finished what they were saying. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#work);
  }

  async #live(person: ChaosPerson, index: number): Promise<void> {
    const random = randomFrom(this.#seed + index);
    for (let turn = 0; !this.#stopping; turn += 1) {
      try {
        await this.#act(person, turn, random);
      } catch (error) {
        person.problems.push(String(error));
      }
      await new Promise((resolve) => setTimeout(resolve, SHORTEST_PAUSE_MS + random() * PAUSES_MS));
    }
  }

  async #act(person: ChaosPerson, turn: number, random: () => number): Promise<void> {
    const choice = random();
    if (choice < 0.86) await person.say(`Line ${turn} of ${person.user.name}`, { ask: choice < 0.04 });
    else if (choice < 0.92) await person.readBack();
    else if (choice < 0.97) await person.speak(1_000);
    else await person.comeAndGo();
  }
}
