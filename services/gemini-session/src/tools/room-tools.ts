import type { FunctionCall, FunctionResponse } from '@google/genai';
import type { Event } from '@studio/contracts';
import type { Logger } from '@studio/platform';
import type { ServerEvent } from '../live/server-event.ts';
import type { RoomSignals } from '../room/room-signals.ts';
import { GEMINI } from '../room/people.ts';
import type { LineAppender } from '../transcript/line-appender.ts';
import type { CallLimits } from './call-limits.ts';
import { Executions, toolCalled } from './execution.ts';
import type { Execution, WantedCall } from './execution.ts';
import { functionResponse } from './function-calling.ts';
import type { FunctionCalling } from './function-calling.ts';
import { CANCELLED, NOT_ASKED, failed, runTool } from './run-tool.ts';
import type { CallEnd } from './run-tool.ts';
import type { Tool, ToolContext } from './tool.ts';
import { TurnsToRun } from './turns-to-run.ts';

export interface RoomToolsParts {
  room: ToolContext;
  limits: CallLimits;
  /** Answers go to the connection that is there now. */
  answer: (responses: FunctionResponse[]) => void;
  signals: Pick<RoomSignals, 'tool'>;
  lines: Pick<LineAppender, 'append'>;
  /** Told of every run that has ended. */
  ended: (outcome: CallEnd['outcome']) => void;
  /** Milliseconds of a monotonic clock. */
  now: () => number;
  logger: Logger;
}

/** What the connection that is there now waits for. */
interface Request {
  readonly id: string | undefined;
  readonly execution: Execution;
  end: CallEnd | undefined;
}

/**
 * Runs the tools that Gemini calls in one room, each call once. A call is answered, whatever comes of it, unless the service has cancelled
 * it or its connection is gone: a session that waits for an answer says nothing any more.
 */
export class RoomTools {
  private readonly parts: RoomToolsParts;
  private readonly turns: TurnsToRun;
  private readonly executions = new Executions();
  private tools: ReadonlyMap<string, Tool> = new Map();
  private calling: FunctionCalling = { goesOn: false, says: false };
  /** What is answered together; each has at least one request without an end. */
  private open: Request[][] = [];
  /** Ids that the connection has brought. */
  private readonly seen = new Set<string>();

  constructor(parts: RoomToolsParts) {
    this.parts = parts;
    this.turns = new TurnsToRun(parts.limits.atATime, parts.limits.waiting);
  }

  /** Gemini waits for an answer: no good moment to change the connection. */
  get busy(): boolean {
    return this.open.length > 0;
  }

  /** A connection is about to be made with these tools. `resumed`: it goes on with the session before. */
  async connecting(tools: readonly Tool[], calling: FunctionCalling, resumed: boolean): Promise<void> {
    this.tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.calling = calling;
    if (!resumed) await this.executions.forget();
  }

  /** What a former owner of the session has run; `events`: the newest of the room, in order. */
  remember(events: readonly Event[], time: number): void {
    this.executions.remember(events, { time, now: this.parts.now() });
  }

  onServerEvent(event: ServerEvent): void {
    if (event.type === 'toolCall') this.take(event.calls);
    else if (event.type === 'toolCallCancellation') this.cancel(new Set(event.ids));
  }

  /** Calls for something that people do not want: nothing is run, and Gemini is told so. */
  refuse(calls: readonly FunctionCall[]): void {
    const responses = calls
      .filter(({ id }) => this.isNew(id))
      .map(({ id, name = '' }) => functionResponse(id, name, NOT_ASKED, this.calling));
    if (responses.length > 0) this.parts.answer(responses);
  }

  /** Nobody waits for the answers any more. What runs goes on: the session may ask for it again when it is resumed. */
  onLost(): void {
    for (const { execution } of this.open.flat()) execution.lostAt = this.parts.now();
    this.open = [];
    this.seen.clear();
  }

  /** People want Gemini to stop. It is answered all the same, or it would wait. */
  stop(): void {
    for (const { execution } of this.open.flat()) execution.cancel.abort();
  }

  /** Resolves when nothing runs and everything has been written down. */
  async close(): Promise<void> {
    this.onLost();
    await this.executions.forget();
  }

  private take(calls: readonly FunctionCall[]): void {
    const requests = calls.flatMap((call) => this.request(call));
    const groups = this.calling.goesOn ? requests.map((request) => [request]) : [requests];
    for (const group of groups) {
      if (group.length === 0) continue;
      this.open.push(group);
      for (const request of group) void this.follow(request, group);
    }
  }

  /** Nothing for a call that this connection has brought before: a message may come twice. */
  private request({ id, name = '', args = {} }: FunctionCall): Request[] {
    if (!this.isNew(id)) return [];
    const call: WantedCall = { id, name, args: JSON.stringify(args) };
    const execution = this.executions.find(call, this.parts.now()) ?? this.begin(call, args);
    execution.lostAt = undefined;
    return [{ id, execution, end: undefined }];
  }

  private isNew(id: string | undefined): boolean {
    if (id === undefined) return true;
    if (this.seen.has(id)) return false;
    this.seen.add(id);
    return true;
  }

  private async follow(request: Request, group: Request[]): Promise<void> {
    const end = await request.execution.ended;
    // Taken back, or the connection is gone.
    if (!this.open.includes(group) || !group.includes(request)) return;
    request.end = end;
    this.answer(group);
  }

  private answer(group: Request[]): void {
    if (group.some(({ end }) => end === undefined)) return;
    this.open = this.open.filter((other) => other !== group);
    const responses = group.map(({ id, execution: { name }, end = CANCELLED }) =>
      functionResponse(id, name, end, this.calling),
    );
    if (responses.length === 0) return;
    for (const { execution } of group) execution.given = true;
    this.parts.answer(responses);
  }

  private cancel(ids: ReadonlySet<string>): void {
    for (const group of this.open) {
      const cancelled = group.filter(({ id }) => id !== undefined && ids.has(id));
      for (const request of cancelled) {
        request.execution.cancel.abort();
        group.splice(group.indexOf(request), 1);
      }
      if (cancelled.length > 0) this.answer(group);
    }
  }

  private begin(call: WantedCall, args: unknown): Execution {
    const startedAt = this.parts.now();
    const run = (signal: AbortSignal) => this.run(call.name, args, signal);
    const execution = this.executions.begin(call, run);
    this.parts.signals.tool(execution.key, call.name, 'running');
    void this.record(execution, startedAt);
    return execution;
  }

  private async run(name: string, args: unknown, cancelled: AbortSignal): Promise<CallEnd> {
    const { room, limits } = this.parts;
    const tool = this.tools.get(name);
    if (tool === undefined)
      return failed(`There is no tool ${name}. There are: ${[...this.tools.keys()].join(', ')}`);
    const deadline = AbortSignal.timeout(limits.deadlineMs);
    const turn = await this.turns.take(AbortSignal.any([cancelled, deadline]));
    if (turn === 'full') return failed('Too many tools run at once. Try again later.');
    try {
      return await runTool(tool, args, { room, cancelled, deadline, limits });
    } finally {
      if (turn === 'taken') this.turns.release();
    }
  }

  /** Every run ends in one event, and one line in the log that holds nothing of what was said. */
  private async record(execution: Execution, startedAt: number): Promise<void> {
    const { signals, lines, logger, now, ended } = this.parts;
    const end = await execution.ended;
    const body = toolCalled(execution, end, now() - startedAt);
    signals.tool(execution.key, execution.name, 'ended');
    lines.append({ key: execution.key, actor: GEMINI, body });
    ended(end.outcome);
    logger.info({ tool: body.name, outcome: body.outcome, ms: body.durationMs }, 'a tool was called');
  }
}
