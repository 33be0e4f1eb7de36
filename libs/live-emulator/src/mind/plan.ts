import type { Entry } from './conversation.ts';
import { attend } from './attention.ts';

/** A function that the model wants to be called. */
export interface PlannedCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A page on the web that an answer is founded on. */
export interface PlannedSource {
  readonly title: string;
  readonly uri: string;
}

/** A part of an answer that comes after a pause, in milliseconds. */
export interface PlannedPart {
  readonly pauseMs: number;
  readonly say: string;
}

/** What the model searches the web for, and what it says that it found. */
export interface PlannedSearch {
  readonly queries: readonly string[];
  readonly sources: readonly PlannedSource[];
}

/** What the model is going to do in one turn, in this order: search, call functions, speak. */
export interface TurnPlan {
  /**
   * Null: it stays silent; behind calls that block, it is asked again once they are answered, and can speak from what they gave. After
   * calls that do not block it speaks at once, and is asked again when an answer comes that is not silent.
   */
  readonly say: string | null;
  readonly calls?: readonly PlannedCall[];
  readonly search?: PlannedSearch;
  /** What it thinks before, where thoughts were asked for. */
  readonly thought?: string;
  /** What was heard, word by word, in the place of a description of the sound. */
  readonly heard?: string;
  /** How much later than usual it begins, in milliseconds. */
  readonly delayMs?: number;
  /** What it says after `say`, each after a pause in which nothing is sent. */
  readonly more?: readonly PlannedPart[];
}

/** A function that the session declares. */
export interface DeclaredFunction {
  readonly name: string;
  readonly description: string;
  /** The session waits for its answer before the model goes on. */
  readonly blocking: boolean;
  readonly parameters: readonly DeclaredParameter[];
}

export interface DeclaredParameter {
  readonly name: string;
  /** In lower case, as in JSON Schema: `string`, `integer`, `number`, `boolean`, `array`, `object`. */
  readonly type: string;
  readonly required: boolean;
  /** Empty where any value is allowed. */
  readonly choices: readonly string[];
}

/** What a mind may know of the session that it thinks for. */
export interface MindSituation {
  /** The model may stay silent where nobody asked it anything. */
  readonly mayStaySilent: boolean;
  readonly systemInstruction: string;
  /** The functions that may be called. */
  readonly functions: readonly DeclaredFunction[];
  readonly canSearch: boolean;
}

/** What an emulated model answers. */
export interface Mind {
  /** @param entries the conversation so far; the last one is to be answered: what people said, or the answer to a call */
  plan(entries: readonly Entry[], situation: MindSituation): TurnPlan;
}

/** The mind of an emulator without a scenario: it answers from what it was told, heard, saw and found out. */
export const ATTENTIVE_MIND: Mind = { plan: attend };
