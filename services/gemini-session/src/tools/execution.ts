import { TOOL_CHARACTERS, newId } from '@studio/contracts';
import type { Event, EventBody } from '@studio/contracts';
import type { CallEnd } from './run-tool.ts';

/** An answer that no connection was given is kept this long for the one that asks again. */
const ASKED_AGAIN_MS = 30_000;
/** Executions that are remembered, the newest ones. */
const MOST_REMEMBERED = 100;

type ToolCalled = Extract<EventBody, { type: 'tool.called' }>;

/** What Gemini wants to be called. */
export interface WantedCall {
  /** Vertex AI may leave it out. */
  readonly id: string | undefined;
  readonly name: string;
  /** JSON. */
  readonly args: string;
}

/** One run of a tool, for however many connections ask for it. */
export interface Execution extends WantedCall {
  /** Of its event and its signals. */
  readonly key: string;
  readonly cancel: AbortController;
  readonly ended: Promise<CallEnd>;
  /** A connection has been given the answer. */
  given: boolean;
  /** Since when the connection that asked is gone, while it had no answer; of a monotonic clock. */
  lostAt: number | undefined;
}

/**
 * The runs of one Live session. A call that comes again is the same run: by its id, or by name and arguments when the connection that asked
 * first was lost before it had the answer, because a session that is resumed asks anew.
 */
export class Executions {
  private all: Execution[] = [];

  find({ id, name, args }: WantedCall, now: number): Execution | undefined {
    return this.all.findLast(
      (one) =>
        one.name === name &&
        one.args === args &&
        ((id !== undefined && one.id === id) ||
          (!one.given && one.lostAt !== undefined && now - one.lostAt < ASKED_AGAIN_MS)),
    );
  }

  begin(call: WantedCall, run: (signal: AbortSignal) => Promise<CallEnd>): Execution {
    const cancel = new AbortController();
    const ended = run(cancel.signal);
    return this.keep({ ...call, key: `tool:${newId()}`, cancel, ended, given: false, lostAt: undefined });
  }

  /** What a former owner of the session has run. Gemini may ask anew for what it has said nothing after. */
  remember(events: readonly Event[], clock: { time: number; now: number }): void {
    const spoken = events.findLastIndex(({ actor, body }) => actor.kind === 'ai' && body.type === 'speech');
    for (const [index, { at, key, body }] of events.entries()) {
      if (body.type !== 'tool.called' || body.outcome !== 'ok') continue;
      const { callId: id, name, args } = body;
      const ended = Promise.resolve(recorded(body));
      const given = index < spoken;
      const lostAt = given ? undefined : clock.now - (clock.time - at);
      this.keep({ ...{ id, name, args, key, ended, given, lostAt }, cancel: new AbortController() });
    }
  }

  /** Cancels what runs, and forgets everything: another session knows nothing of it. */
  async forget(): Promise<void> {
    const all = this.all.splice(0);
    for (const { cancel } of all) cancel.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  private keep(execution: Execution): Execution {
    this.all = [...this.all, execution].slice(-MOST_REMEMBERED);
    return execution;
  }
}

/** What is kept of a run. */
export function toolCalled({ id, name, args }: WantedCall, end: CallEnd, durationMs: number): ToolCalled {
  const { outcome, response } = end;
  const result = JSON.stringify(outcome === 'ok' ? response['output'] : response);
  return {
    type: 'tool.called',
    ...(id !== undefined && { callId: id.slice(0, 200) }),
    name: name.slice(0, 64) || '(no name)',
    args: args.slice(0, TOOL_CHARACTERS),
    result: result.slice(0, TOOL_CHARACTERS),
    outcome,
    durationMs: Math.round(durationMs),
  };
}

/** The end of a run as far as it was kept. */
function recorded({ outcome, result }: ToolCalled): CallEnd {
  try {
    return { outcome, response: { output: JSON.parse(result) } };
  } catch {
    // It was cut to what is kept.
    return { outcome, response: { output: result, remark: 'This is only the beginning of the answer.' } };
  }
}
