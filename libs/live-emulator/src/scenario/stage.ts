import type { SessionTimes } from '../session/session.ts';
import { Scenario } from './scenario.ts';
import type { ScenarioInput } from './scenario.ts';
import { Script } from './script.ts';
import type { ScriptPorts } from './script.ts';

/** Where one scenario after another is played; without one the model answers as it would anyway. */
export class Stage {
  readonly #times: SessionTimes;
  readonly #ports: ScriptPorts;
  #scenario: Scenario = Scenario.parse({});
  #script: Script;

  /** @param times what is used where a scenario has no times of its own */
  constructor(times: SessionTimes, ports: ScriptPorts) {
    this.#times = times;
    this.#ports = ports;
    this.#script = new Script(this.#scenario, ports);
  }

  get script(): Script {
    return this.#script;
  }

  /** The times of connections from now on. */
  get times(): SessionTimes {
    const { setupDelay, latency, connectionAge, goAwayNotice } = this.#scenario.defaults;
    return {
      ...this.#times,
      setupDelayMs: setupDelay ?? this.#times.setupDelayMs,
      latencyMs: latency ?? this.#times.latencyMs,
      connectionAgeMs: connectionAge ?? this.#times.connectionAgeMs,
      goAwayNoticeMs: goAwayNotice ?? this.#times.goAwayNoticeMs,
    };
  }

  /**
   * Plays another scenario from its beginning: what goes wrong because of the last one is over, and sessions that
   * are open count anew.
   * @throws ZodError when it is none
   */
  load(scenario: ScenarioInput): void {
    const read = Scenario.parse(scenario);
    this.#script.stop();
    this.#ports.faults.clear();
    if (read.seed !== undefined) this.#ports.faults.reseed(read.seed);
    this.#scenario = read;
    this.#script = new Script(read, this.#ports);
  }
}
