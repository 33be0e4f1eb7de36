interface Timer {
  readonly dueAt: number;
  readonly task: () => void;
}

/** Tasks by the time they are due; of equal ones the earlier added is first. */
export class TimerQueue {
  readonly #timers: Timer[] = [];

  /** When the first of them is due; null where there is none. */
  get nextDueAt(): number | null {
    return this.#timers[0]?.dueAt ?? null;
  }

  /** The function given back takes the task out again. */
  add(dueAt: number, task: () => void): () => void {
    const timer: Timer = { dueAt, task };
    const before = this.#timers.findLastIndex((other) => other.dueAt <= dueAt);
    this.#timers.splice(before + 1, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at !== -1) this.#timers.splice(at, 1);
    };
  }

  /** Takes the first task out, if it is due. */
  takeDue(now: number): (() => void) | null {
    const [first] = this.#timers;
    if (!first || first.dueAt > now) return null;
    this.#timers.shift();
    return first.task;
  }
}
