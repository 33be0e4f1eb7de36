import { MediaKind } from '@studio/contracts';
import { ManualClock } from '@studio/live-emulator';
import type { EmulatorEvent, LiveEmulator, Mind } from '@studio/live-emulator';
import { agenda } from './agenda.ts';
import type { Item } from './agenda.ts';
import { Meeting } from './meeting.ts';
import type { Person } from './meeting.ts';
import { GREY_JPEG } from './picture.ts';
import { Stage } from './service.ts';
import { frames, join, silence, speech } from './synthetic-speech.ts';

/** Of a microphone frame, and how long time stands still for the network in between. Milliseconds. */
const STEP_MS = 20;
const IDLE_STEP_MS = 100;
/** How often presence, which has the machine's time, is told that people are still there: in steps. */
const BEAT_STEPS = 2_000;
const PEOPLE = ['Ana', 'Ben', 'Cleo'];

export interface Spoken {
  person: string;
  seconds: number;
  from: number;
  to: number;
}

/** A change of the session's state, with when it was. */
export interface Phase {
  phase: string;
  cause: string;
  at: number;
}

/** Answers with a number of its own each time, so that no two answers are alike, and calls a function now and then. */
function countingMind(): Mind {
  let answers = 0;
  return {
    plan: (entries, { functions }) => {
      answers++;
      const asked = entries.at(-1)?.results === undefined;
      const calls = asked && answers % 7 === 3 && functions.some(({ name }) => name === 'current_time');
      return {
        say: `That is answer ${answers}, and so we go on.`,
        ...(calls && { calls: [{ name: 'current_time', args: {} }] }),
      };
    },
  };
}

/** A meeting of hours in the time that its work takes: everything in it has one clock, which goes on when the network has had its turn. */
export class LongMeeting {
  readonly clock = new ManualClock();
  readonly stage = new Stage(this.clock);
  readonly spoken: Spoken[] = [];
  readonly phases: Phase[] = [];
  readonly emulated: EmulatorEvent[] = [];
  /** When something that lasts was wrong: Gemini may not be there. */
  readonly troubled: { from: number; to: number }[] = [];
  typed = 0;
  faults = 0;
  live!: LiveEmulator;
  meeting!: Meeting;
  private people: Person[] = [];
  private readonly beganAt = this.clock.now();
  private read = 0;
  private steps = 0;

  /** Milliseconds since the beginning. */
  get now(): number {
    return this.clock.now() - this.beganAt;
  }

  get phase(): string {
    return this.phases.at(-1)?.phase ?? 'idle';
  }

  async hold(lengthMs: number, rotateMs: number, seed: number): Promise<void> {
    this.live = await this.stage.emulator({
      ...{ setupDelayMs: 150, latencyMs: 300, seed, mind: countingMind() },
      connectionAgeMs: Math.round(rotateMs * 1.1),
      onEvent: (event) => this.emulated.push({ ...event, at: event.at - this.beganAt }),
    });
    this.meeting = await Meeting.start();
    for (const name of PEOPLE) this.people.push(await this.meeting.enter(name));
    await this.stage.serve(this.meeting, this.live.url, { LIVE_ROTATE_MS: `${rotateMs}` });
    await this.until(() => this.phase === 'ready', 60_000);
    for (const item of agenda(lengthMs, seed)) {
      await this.passUntil(item.at);
      await this.perform(item);
    }
    await this.passUntil(lengthMs);
    await this.until(() => this.meeting.status()?.state === 'listening', 120_000);
  }

  /** Time goes on while everything ends. */
  async close(): Promise<void> {
    const closed = new AbortController();
    const closing = this.stage.close().finally(() => closed.abort());
    while (!closed.signal.aborted) await this.pass(STEP_MS);
    await closing;
  }

  private async perform(item: Item): Promise<void> {
    switch (item.type) {
      case 'speech':
        return this.speak(item);
      case 'line': {
        const person = this.people[item.author];
        if (person !== undefined) this.meeting.room.chat(person.actor, item.text);
        this.typed++;
        return;
      }
      case 'picture': {
        const [ana] = this.people;
        if (ana !== undefined) this.meeting.show(ana, MediaKind.screen, GREY_JPEG);
        return;
      }
      case 'fault': {
        const ids = item.faults.map((fault) => this.live.faults.inject(fault));
        this.faults += item.faults.length;
        if (item.lastsMs === 0) return;
        const from = this.now;
        await this.passUntil(from + item.lastsMs);
        for (const id of ids) this.live.faults.clear(id);
        await this.until(() => this.phase === 'ready', 120_000);
        this.troubled.push({ from, to: this.now });
      }
    }
  }

  /** In real time, frame by frame, with the silence that ends it. */
  private async speak({ speaker, seconds, midway }: Extract<Item, { type: 'speech' }>): Promise<void> {
    const person = this.people[speaker];
    if (person === undefined) return;
    const from = this.now;
    const sound = [...frames(join(silence(0.3), speech(seconds, 120 + 30 * speaker), silence(1)))];
    for (const [index, frame] of sound.entries()) {
      if (midway !== undefined && index === Math.floor(sound.length / 3)) this.live.faults.inject(midway);
      this.meeting.say(person, frame);
      await this.pass(STEP_MS);
    }
    this.spoken.push({ person: person.actor.name, seconds, from, to: this.now });
  }

  private async passUntil(at: number): Promise<void> {
    while (this.now < at) await this.pass(this.quiet ? IDLE_STEP_MS : STEP_MS);
  }

  private async until(condition: () => boolean, withinMs: number): Promise<void> {
    const deadline = this.now + withinMs;
    while (!condition()) {
      if (this.now > deadline) throw new Error(`still ${this.phase} after ${withinMs} ms`);
      await this.pass(this.quiet ? IDLE_STEP_MS : STEP_MS);
    }
  }

  /** Nothing is under way that takes less than the longer step. */
  private get quiet(): boolean {
    const waiting = this.phase === 'unavailable' || this.phase === 'backing-off';
    return waiting || (this.phase === 'ready' && this.meeting.status()?.state === 'listening');
  }

  private async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    // A connection is made in many turns of the network, which take a few milliseconds of the machine: time must not run away from it.
    if (this.phase === 'ready') await turns(3);
    else await new Promise((resolve) => setTimeout(resolve, 3));
    this.notePhases();
    this.steps++;
    if (this.steps % BEAT_STEPS !== 0) return;
    const { roomId } = this.meeting.room;
    const here = this.people.map(({ connectionId }) => ({ roomId, connectionId }));
    await this.meeting.presence.beat(here, 60_000);
  }

  private notePhases(): void {
    const { logged } = this.stage;
    for (; this.read < logged.length; this.read++) {
      const line = logged[this.read] ?? '';
      const [, phase, cause] = /"phase":"([a-z-]+)","cause":"([^"]*)"/.exec(line) ?? [];
      if (phase !== undefined && cause !== undefined) this.phases.push({ phase, cause, at: this.now });
    }
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
