import { randomUUID } from 'node:crypto';
import type { CallResult } from '../mind/conversation.ts';
import type { DeclaredFunction, PlannedCall } from '../mind/plan.ts';
import type { Backend } from '../models/backend.ts';
import type { FunctionResponse } from './client-message.ts';
import { invalidArgument } from './refusal.ts';

/** A call as it goes out. */
export interface FunctionCall {
  readonly id: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What the answer to a call asks for. */
export interface Answered {
  readonly result: CallResult;
  readonly blocking: boolean;
  /** When the model speaks about the answer of a call that did not block. */
  readonly scheduling: 'SILENT' | 'WHEN_IDLE' | 'INTERRUPT';
}

/** Ids of calls that nobody waits for any more, as many as are remembered. */
const MAX_CLOSED = 1000;

/** The calls of a session that wait for an answer. */
export class OpenCalls {
  readonly #backend: Backend;
  readonly #open = new Map<string, { readonly name: string; readonly blocking: boolean }>();
  #closed: readonly string[];

  /** @param closed ids of earlier calls of the session: answers to them come too late and do nothing */
  constructor(backend: Backend, closed: readonly string[] = []) {
    this.#backend = backend;
    this.#closed = closed;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** Whether a call is open that the model waits for. */
  get blocks(): boolean {
    return [...this.#open.values()].some(({ blocking }) => blocking);
  }

  get closed(): readonly string[] {
    return this.#closed;
  }

  make(planned: readonly PlannedCall[], functions: readonly DeclaredFunction[]): FunctionCall[] {
    return planned.map(({ name, args }) => {
      const id = this.#backend === 'vertex' ? randomUUID() : `function-call-${randomUUID()}`;
      const blocking = functions.find((declared) => declared.name === name)?.blocking ?? false;
      this.#open.set(id, { name, blocking });
      return { id, name, args };
    });
  }

  /** Nobody waits for any of them any more. */
  cancelAll(): string[] {
    const ids = [...this.#open.keys()];
    for (const id of ids) this.#close(id);
    return ids;
  }

  /**
   * Takes an answer; null when it comes too late.
   * @throws Refusal 1007 when there never was such a call, or the Developer API is not told which one it was.
   */
  answer(response: FunctionResponse): Answered | null {
    if (this.#backend === 'vertex' && response.willContinue !== undefined) {
      throw invalidArgument(
        `Invalid JSON payload received. Unknown name "willContinue" at 'tool_response.function_responses[0]': Cannot find field.`,
      );
    }
    const id = this.#idOf(response);
    const call = this.#open.get(id);
    if (!call) {
      if (this.#closed.includes(id)) return null;
      throw invalidArgument(`Function response id '${id.slice(0, 60)}' does not match any function call.`);
    }
    const { name, blocking } = call;
    if (blocking || response.willContinue !== true) this.#close(id);
    const scheduling =
      response.scheduling === undefined || response.scheduling === 'SCHEDULING_UNSPECIFIED'
        ? 'WHEN_IDLE'
        : response.scheduling;
    const silent = !blocking && scheduling === 'SILENT';
    return { result: { name, response: response.response ?? {}, silent }, blocking, scheduling };
  }

  /** Vertex AI finds the call by the function's name where the id is missing. */
  #idOf({ id, name }: FunctionResponse): string {
    if (id !== undefined) return id;
    if (this.#backend === 'developer') throw invalidArgument('Function response id is required.');
    const found = [...this.#open].find(([, call]) => call.name === name)?.[0];
    if (found === undefined) throw invalidArgument('Function response does not match any function call.');
    return found;
  }

  #close(id: string): void {
    this.#open.delete(id);
    this.#closed = [...this.#closed, id].slice(-MAX_CLOSED);
  }
}
