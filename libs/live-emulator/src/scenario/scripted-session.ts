import type { Entry } from '../mind/conversation.ts';
import type { Said, Step } from './scenario.ts';
import { patternOf } from './text-pattern.ts';

/** Where one session is in its scenario. */
export class ScriptedSession {
  readonly #number: number;
  readonly #startedAt: number;
  readonly #heard: readonly string[];
  readonly #uses = new Map<Step, number>();
  readonly #words = new WeakMap<Entry, string>();
  #connections = 0;
  #turns = 0;
  #spokenTurns = 0;
  #afterCalls: Said | null = null;

  /**
   * @param number the nth session of the scenario
   * @param startedAt emulated time in milliseconds
   * @param heard the words of its spoken turns, in order
   */
  constructor(number: number, startedAt: number, heard: readonly string[]) {
    this.#number = number;
    this.#startedAt = startedAt;
    this.#heard = heard;
  }

  /** Counts a connection and gives its number. */
  connect(): number {
    this.#connections += 1;
    return this.#connections;
  }

  /** A turn of the model begins: finds the step for it, and with it the words that were heard. */
  begin(entry: Entry, steps: readonly Step[], now: number): Step | null {
    this.#turns += 1;
    this.#afterCalls = null;
    const spoken = entry.speech.length > 0;
    const words = spoken ? this.#heard[this.#spokenTurns] : undefined;
    if (spoken) this.#spokenTurns += 1;
    const text = [entry.text, words ?? ''].join('\n').trim();
    const step = steps.find((each) => this.#isFor(each, text, spoken, now)) ?? null;
    const heard = spoken ? (step?.heard ?? words) : undefined;
    if (heard !== undefined) this.#words.set(entry, heard);
    if (step) {
      this.#uses.set(step, this.#usesOf(step) + 1);
      this.#afterCalls = step.thenSay ?? null;
    }
    return step;
  }

  /** What is to be said now that the calls of the turn are answered; once. */
  takeAfterCalls(): Said | null {
    const said = this.#afterCalls;
    this.#afterCalls = null;
    return said;
  }

  /** The words that were heard in a turn; undefined where the scenario has none for it. */
  heardIn(entry: Entry): string | undefined {
    return this.#words.get(entry);
  }

  /** The conversation as if what was heard had been understood. */
  asHeard(entries: readonly Entry[]): Entry[] {
    return entries.map((entry) => {
      const words = this.heardIn(entry);
      if (words === undefined) return entry;
      return { ...entry, text: [entry.text, words].filter((part) => part !== '').join('\n'), speech: [] };
    });
  }

  #isFor(step: Step, text: string, spoken: boolean, now: number): boolean {
    const { when, times } = step;
    return (
      when !== undefined &&
      (times === 'always' || this.#usesOf(step) < times) &&
      (when.text === undefined || patternOf(when.text)?.test(text) === true) &&
      (when.speech === undefined || when.speech === spoken) &&
      (when.turn === undefined || when.turn === this.#turns) &&
      // A scenario that is loaded meanwhile did not see the connection being set up.
      (when.connection === undefined || when.connection === Math.max(1, this.#connections)) &&
      (when.session === undefined || when.session === this.#number) &&
      (when.after === undefined || now - this.#startedAt >= when.after)
    );
  }

  #usesOf(step: Step): number {
    return this.#uses.get(step) ?? 0;
  }
}
