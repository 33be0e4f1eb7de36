import * as z from 'zod';
import type { CallLimits } from './call-limits.ts';
import type { Tool, ToolContext } from './tool.ts';

/** How a call has ended. `response` is what Gemini is told. */
export interface CallEnd {
  readonly outcome: 'ok' | 'error' | 'timeout' | 'cancelled';
  readonly response: Readonly<Record<string, unknown>>;
}

export interface Running {
  readonly room: ToolContext;
  /** Aborted: nobody wants the answer any more. */
  readonly cancelled: AbortSignal;
  /** Aborted: it would come too late. */
  readonly deadline: AbortSignal;
  readonly limits: CallLimits;
}

/** Longest message of an error that Gemini is told, in characters. */
const MESSAGE_CHARACTERS = 1_000;

/** A call that nobody waits for any more. */
export const CANCELLED: CallEnd = { outcome: 'cancelled', response: { error: 'The call was cancelled.' } };

/** A call for an answer that nobody asked for. */
export const NOT_ASKED: CallEnd = { outcome: 'cancelled', response: { error: 'Nobody has asked you.' } };

/** An end that Gemini can make something of: it is told what was wrong. */
export function failed(message: string, outcome: 'error' | 'timeout' = 'error'): CallEnd {
  return { outcome, response: { error: message.slice(0, MESSAGE_CHARACTERS) } };
}

/** Runs `tool` to its end, or until it is cancelled or too late, whichever comes first. Never rejects. */
export async function runTool(tool: Tool, args: unknown, running: Running): Promise<CallEnd> {
  const { room, cancelled, deadline, limits } = running;
  const over = AbortSignal.any([cancelled, deadline]);
  try {
    over.throwIfAborted();
    if (JSON.stringify(args).length > limits.argsCharacters)
      return failed(
        `The arguments are too long: at most ${limits.argsCharacters} characters of JSON are taken.`,
      );
    const given = tool.parameters.safeParse(args);
    if (!given.success) return failed(`The arguments do not fit:\n${z.prettifyError(given.error)}`);
    const work = Promise.resolve().then(() => tool.run(given.data, room, over));
    return answered(await Promise.race([work, aborted(over)]), limits);
  } catch (error) {
    if (cancelled.aborted) return CANCELLED;
    if (deadline.aborted)
      return failed(`The tool did not answer within ${limits.deadlineMs / 1_000} s.`, 'timeout');
    return failed(error instanceof Error ? error.message : String(error));
  }
}

/** An answer that is too long is cut, and Gemini is told so. */
function answered(value: unknown, { answerCharacters }: CallLimits): CallEnd {
  const text = jsonOf(value);
  if (text === undefined) return failed('The tool answered something that JSON cannot say.');
  if (text.length <= answerCharacters) return { outcome: 'ok', response: { output: JSON.parse(text) } };
  const remark = `The answer was cut: these are the first ${answerCharacters} of ${text.length} characters of its JSON.`;
  return { outcome: 'ok', response: { output: text.slice(0, answerCharacters), remark } };
}

/** Undefined when JSON cannot say it; nothing is said as null. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value ?? null);
  } catch {
    // A cycle or a BigInt: the caller tells it.
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
