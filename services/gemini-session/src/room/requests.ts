import { newId } from '@studio/contracts';
import type { Actor } from '@studio/contracts';
import type { LiveConnection } from '../live/live-connection.ts';
import type { UnansweredInput } from '../live/unanswered-input.ts';
import type { Answers } from './answers.ts';
import type { LiveInput } from './live-input.ts';

export interface RequestsParts {
  answers: Answers;
  input: LiveInput;
  unanswered: UnansweredInput;
  connection: () => LiveConnection | undefined;
  /** Whether somebody is heard. */
  speaking: () => boolean;
  /** An answer is awaited from now on. */
  expected: () => void;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
}

/** What people want of Gemini by text or a button; it is answered at once, or together with what is just being said. */
export class Requests {
  private readonly parts: RequestsParts;

  constructor(parts: RequestsParts) {
    this.parts = parts;
  }

  /** Gives Gemini a text that it is to answer. `key`: of the line that it is. */
  text(text: string, key = `ask:${newId()}`): void {
    const { answers, input, unanswered, expected } = this.parts;
    const now = this.parts.now();
    const hears = this.parts.connection() !== undefined;
    unanswered.text(text, key, hears, now);
    // While somebody speaks, an answer would be an interruption: it comes together with the one to what they say.
    const answer = !this.parts.speaking();
    if (answer) answers.gate.ask(now);
    else answers.gate.address();
    if (!hears) return;
    input.text(text, { answer });
    if (answer) expected();
  }

  /** Somebody wants Gemini to answer what is being said, or was said last. */
  ask(by: Actor): void {
    const { gate, awaited, busy } = this.parts.answers;
    if (this.parts.speaking() || awaited) gate.address();
    // What waits to be heard, or is heard already, is the answer.
    else if (!gate.release() && !(gate.answering && busy))
      this.text(`(${by.name} asks you to answer now what was said last)`);
  }

  /** A part of what somebody has said, in which the name may be. */
  recognised(text: string): void {
    const { gate } = this.parts.answers;
    if (!gate.recognised(text)) return;
    // The name came after an answer had been left out. While people go on speaking, as in a mix, another one follows.
    if (this.parts.speaking()) gate.address();
    else this.text('(You were asked: answer now what was said last)');
  }
}
