import type { Clock } from '../clock.ts';
import { scoped } from '../faults/fault.ts';
import type { Fault, Moment } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { Entry } from '../mind/conversation.ts';
import type { Mind, MindSituation, TurnPlan } from '../mind/plan.ts';
import { planOf, planToSay } from './planned-turn.ts';
import type { Scenario } from './scenario.ts';
import { ScriptedSession } from './scripted-session.ts';

/** The oldest sessions go first beyond this number. */
const MAX_SESSIONS = 1000;

export interface ScriptPorts {
  readonly clock: Clock;
  readonly faults: Faults;
  /** What answers where the scenario says nothing. */
  readonly mind: Mind;
}

/** Carries out a scenario, in each session on its own. */
export class Script {
  readonly #scenario: Scenario;
  readonly #ports: ScriptPorts;
  readonly #sessions = new Map<string, ScriptedSession>();
  readonly #timers: (() => void)[] = [];
  #count = 0;

  constructor(scenario: Scenario, ports: ScriptPorts) {
    this.#scenario = scenario;
    this.#ports = ports;
    for (const fault of scenario.faults) ports.faults.add(fault);
  }

  /** A connection of the session is being set up. */
  connected(sessionId: string): void {
    const number = this.#session(sessionId).connect();
    for (const { connection, goesWrong } of this.#scenario.steps) {
      if (connection === number) this.#spoil(goesWrong, sessionId, 'now');
    }
  }

  /** What the model does about the last entry of the conversation. */
  plan(sessionId: string, entries: readonly Entry[], situation: MindSituation): TurnPlan {
    const session = this.#session(sessionId);
    const last = entries.at(-1);
    if (!last || (last.results ?? []).length > 0) {
      const said = session.takeAfterCalls();
      return said === null ? this.#ports.mind.plan(session.asHeard(entries), situation) : planToSay(said);
    }
    const step = session.begin(last, this.#scenario.steps, this.#ports.clock.now());
    this.#spoil(step?.goesWrong ?? [], sessionId, 'turn');
    const otherwise = () => this.#otherwise(session.asHeard(entries), situation);
    const plan = step ? planOf(step, otherwise) : otherwise();
    const heard = session.heardIn(last);
    return heard === undefined ? plan : { ...plan, heard };
  }

  /** What it was to do at a later time it does no more. */
  stop(): void {
    for (const cancel of this.#timers) cancel();
  }

  #otherwise(entries: readonly Entry[], situation: MindSituation): TurnPlan {
    const { otherwise } = this.#scenario;
    if (otherwise === 'answers') return this.#ports.mind.plan(entries, situation);
    return otherwise === 'is silent' ? { say: null } : planToSay(otherwise.say);
  }

  #spoil(faults: readonly Fault[], sessionId: string, moment: Moment): void {
    for (const fault of faults) this.#ports.faults.add(scoped(fault, sessionId, moment));
  }

  #session(sessionId: string): ScriptedSession {
    const known = this.#sessions.get(sessionId);
    if (known) return known;
    const { clock } = this.#ports;
    this.#count += 1;
    const session = new ScriptedSession(this.#count, clock.now(), this.#scenario.heard);
    this.#sessions.set(sessionId, session);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    for (const { at, goesWrong } of this.#scenario.steps) {
      if (at !== undefined) {
        this.#timers.push(clock.after(at, () => this.#spoil(goesWrong, sessionId, 'now')));
      }
    }
    return session;
  }
}
