import type { EventPage, Role } from '@studio/contracts';
import type * as z from 'zod';

/** Somebody in the room, as a tool may know them. */
export interface PersonHere {
  readonly name: string;
  readonly role: Role;
  readonly muted: boolean;
  /** Gemini hears them now. */
  readonly hasFloor: boolean;
}

/** The room in which a tool is called: what a tool may know of it. */
export interface ToolContext {
  readonly roomId: string;
  /** The people who are in the room now. */
  people(): readonly PersonHere[];
  /**
   * Events of the room's conversation in order: the last `limit` (1 to 1,000) before the sequence `before`, or the newest ones. A page may
   * hold fewer, but at least one when there is one.
   */
  events(before: number | undefined, limit: number): Promise<EventPage>;
  now(): Date;
}

/** A function that Gemini may call. */
export interface Tool {
  /** A letter or underscore, then letters, digits, underscores, dots and dashes: 64 at most. */
  readonly name: string;
  /** Tells Gemini what it is good for and when to call it. */
  readonly description: string;
  /** What it takes. Descriptions of the fields are told to Gemini. */
  readonly parameters: z.ZodObject;
  /**
   * Does it once and answers what JSON can say. What it throws is told to Gemini as the error's message, so it must not hold a secret.
   * @param args valid for `parameters`
   * @param signal aborted when the answer is not wanted any more or would come too late
   */
  readonly run: (args: Readonly<Record<string, unknown>>, room: ToolContext, signal: AbortSignal) => unknown;
}

/** What a {@link Tool} is made of in code: its arguments have the type of its parameters. */
export interface ToolDefinition<P extends z.ZodObject> extends Omit<Tool, 'parameters' | 'run'> {
  readonly parameters: P;
  readonly run: (args: z.output<P>, room: ToolContext, signal: AbortSignal) => unknown;
}

export function defineTool<P extends z.ZodObject>({ run, ...definition }: ToolDefinition<P>): Tool {
  // Arguments are checked against the same parameters before every call.
  return { ...definition, run: (args, room, signal) => run(args as z.output<P>, room, signal) };
}
