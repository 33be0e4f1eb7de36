import type { Entry } from './conversation.ts';
import { answerTo } from './mind.ts';

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

/** What the model is going to do in one turn, in this order: search, call functions, speak. */
export interface TurnPlan {
  /** Null: it stays silent. */
  readonly say: string | null;
  readonly calls?: readonly PlannedCall[];
  readonly search?: { readonly queries: readonly string[]; readonly sources: readonly PlannedSource[] };
  /** What it thinks before, where thoughts were asked for. */
  readonly thought?: string;
  /** What was heard, word by word, in the place of a description of the sound. */
  readonly heard?: string;
  /** How much later than usual it begins, in milliseconds. */
  readonly delayMs?: number;
  /** What it says after `say`, each after a pause in which nothing is sent. */
  readonly more?: readonly PlannedPart[];
}

/** What a mind may know of the session that it thinks for. */
export interface MindSituation {
  /** The model may stay silent where nobody asked it anything. */
  readonly mayStaySilent: boolean;
  readonly systemInstruction: string;
  /** Names of the functions that may be called. */
  readonly functions: readonly string[];
  readonly canSearch: boolean;
}

/** What an emulated model answers. */
export interface Mind {
  /** @param entries the conversation so far; the last one is to be answered */
  plan(entries: readonly Entry[], situation: MindSituation): TurnPlan;
}

/** The mind of an emulator without a scenario: it answers from what it was told, heard and saw. */
export const ATTENTIVE_MIND: Mind = {
  plan: (entries, situation) => ({ say: answerTo(entries, situation) }),
};
