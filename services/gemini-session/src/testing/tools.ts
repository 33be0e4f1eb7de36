import type { FunctionResponse } from '@google/genai';
import type { Event, EventPage } from '@studio/contracts';
import { newId } from '@studio/contracts';
import { createLogger } from '@studio/platform';
import type { Line } from '../transcript/line-appender.ts';
import type { CallLimits } from '../tools/call-limits.ts';
import { RoomTools } from '../tools/room-tools.ts';
import type { PersonHere, Tool, ToolContext } from '../tools/tool.ts';

export const LIMITS_OF_CALLS: CallLimits = {
  ...{ deadlineMs: 5_000, argsCharacters: 200, answerCharacters: 100, atATime: 2, waiting: 2 },
};

/** A room as a tool sees it, with a conversation in memory. */
export function scriptedContext(
  events: readonly Event[] = [],
  people: readonly PersonHere[] = [],
): ToolContext & { reads: number } {
  return {
    roomId: newId(),
    reads: 0,
    people: () => people,
    events(before, limit): Promise<EventPage> {
      this.reads++;
      const until = before === undefined ? events.length : before - 1;
      return Promise.resolve({
        events: events.slice(Math.max(0, until - limit), until),
        first: 1,
        head: events.length,
      });
    },
    now: () => new Date('2026-11-25T20:00:00Z'),
  };
}

/** The tools of one room, with everything they tell. */
export class ToolStage {
  readonly answers: FunctionResponse[][] = [];
  readonly lines: Line[] = [];
  /** Name and state of each signal. */
  readonly signals: string[] = [];
  now = 1_000;
  readonly tools: RoomTools;

  constructor(limits: Partial<CallLimits> = {}) {
    this.tools = new RoomTools({
      room: scriptedContext(),
      limits: { ...LIMITS_OF_CALLS, ...limits },
      answer: (responses) => this.answers.push(responses),
      signals: { tool: (_key, name, state) => this.signals.push(`${name} ${state}`) },
      lines: { append: (line) => this.lines.push(line) },
      ended: () => undefined,
      now: () => this.now,
      logger: createLogger('tools', { level: 'silent' }),
    });
  }

  /** What Gemini was answered: each message as its responses by id. */
  told(): Record<string, unknown>[] {
    return this.answers.map((responses) => {
      const entries = responses.map(({ id, response }): [string, unknown] => [id ?? '', response]);
      return Object.fromEntries(entries);
    });
  }

  outcomes(): string[] {
    return this.lines.flatMap(({ body }) =>
      body.type === 'tool.called' ? `${body.name} ${body.outcome}` : [],
    );
  }
}

/** A tool whose runs end when the test says so. */
export class HeldTool {
  readonly runs: { args: unknown; signal: AbortSignal; end: (answer: unknown) => void }[] = [];
  readonly tool: Tool;

  constructor(name: string, parameters: Tool['parameters']) {
    this.tool = {
      ...{ name, parameters, description: 'Does it when the test says so.' },
      run: (args, _room, signal) =>
        new Promise((end) => {
          this.runs.push({ args, signal, end });
        }),
    };
  }
}
