import type { Clock } from '../clock.ts';
import type { PlannedCall, TurnPlan } from '../mind/plan.ts';
import { Answer } from '../output/answer.ts';
import { groundingMetadata } from '../output/grounding.ts';
import type { ServerMessage, ServerMessages, TurnCompleteReason } from '../output/server-message.ts';
import type { OpenCalls } from './open-calls.ts';
import type { SessionSettings } from './settings.ts';
import type { Toolbox } from './toolbox.ts';

export interface TurnPorts {
  readonly clock: Clock;
  readonly messages: ServerMessages;
  readonly send: (message: ServerMessage) => void;
  readonly calls: OpenCalls;
  readonly toolbox: Toolbox;
  /** From the end of a turn, or from the answers to calls, to what comes next, in milliseconds. */
  readonly latencyMs: number;
  /** The model has called these. */
  readonly onCalls: (calls: readonly PlannedCall[]) => void;
  /** What is to be done now that the calls are answered that the model waited for. */
  readonly planAgain: () => TurnPlan;
  /** Called once, when everything has been said and played; never after `stop`. */
  readonly onDone: (reason?: TurnCompleteReason) => void;
}

/** One turn of the model, as its plan says: it thinks, calls functions, speaks. */
export class Turn {
  readonly #settings: SessionSettings;
  readonly #ports: TurnPorts;
  #cancel: () => void = () => undefined;
  /** The plan that goes on when the calls are answered. */
  #waiting: TurnPlan | null = null;
  #answer: Answer | null = null;
  #thoughts = '';

  constructor(plan: TurnPlan, settings: SessionSettings, ports: TurnPorts, extraDelayMs = 0) {
    this.#settings = settings;
    this.#ports = ports;
    this.#wait(plan, extraDelayMs);
  }

  /** What was sent of the answer so far, and what the model thought. */
  get sent(): { readonly text: string; readonly seconds: number; readonly thoughts: string } {
    return { text: '', seconds: 0, ...this.#answer?.sent, thoughts: this.#thoughts };
  }

  /** The calls are answered that it waited for. */
  proceed(): void {
    const plan = this.#waiting;
    if (!plan) return;
    this.#waiting = null;
    this.#wait(plan.say === null ? this.#ports.planAgain() : { ...plan, calls: [], delayMs: 0 });
  }

  stop(): void {
    this.#cancel();
    this.#answer?.stop();
  }

  #wait(plan: TurnPlan, extraMs = 0): void {
    const { clock, latencyMs } = this.#ports;
    this.#cancel = clock.after(latencyMs + (plan.delayMs ?? 0) + extraMs, () => this.#carryOut(plan));
  }

  #carryOut(plan: TurnPlan): void {
    const { messages, send, calls, onDone, onCalls, toolbox } = this.#ports;
    this.#think(plan.thought);
    const planned = plan.calls ?? [];
    if (planned.some(({ name }) => !toolbox.functions.some((declared) => declared.name === name))) {
      onDone('MALFORMED_FUNCTION_CALL');
      return;
    }
    if (planned.length > 0) {
      onCalls(planned);
      send(messages.toolCall(calls.make(planned, toolbox.functions)));
      if (messages.completesGenerationBehindCalls) send(messages.generationComplete());
      if (calls.blocks) {
        this.#waiting = plan;
        return;
      }
    }
    this.#speak(plan);
  }

  #think(thought: string | undefined): void {
    if (thought === undefined || !this.#settings.thinks) return;
    this.#thoughts += thought;
    const { messages, send } = this.#ports;
    if (this.#settings.includesThoughts) send(messages.thought(thought));
  }

  #speak({ say, more = [], search }: TurnPlan): void {
    const { clock, messages, send, toolbox, onDone } = this.#ports;
    if (say === null) {
      onDone();
      return;
    }
    const parts = [{ pauseMs: 0, say }, ...more];
    const text = parts.map((part) => part.say).join(' ');
    const grounding = search && toolbox.canSearch ? groundingMetadata(search, text) : undefined;
    this.#answer = new Answer(parts, this.#settings, { clock, messages, send, onDone }, grounding);
  }
}
