import type { Clock } from '../clock.ts';
import type { TurnPlan } from '../mind/plan.ts';
import type { Backend } from '../models/backend.ts';
import type { ServerMessage, ServerMessages, TurnCompleteReason } from '../output/server-message.ts';
import type { TokenCount } from '../output/usage.ts';
import { audioTokens, jsonTokens, textTokens, totalOf, usageMetadata } from '../output/usage.ts';
import type { Context } from './context.ts';
import type { SessionObserver } from './observer.ts';
import type { OpenCalls } from './open-calls.ts';
import type { SessionSettings } from './settings.ts';
import type { Toolbox } from './toolbox.ts';
import { Turn } from './turn.ts';

export interface SpeakerPorts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly messages: ServerMessages;
  readonly send: (message: ServerMessage) => void;
  readonly observer: SessionObserver;
  readonly calls: OpenCalls;
  /** From the end of a turn to the first sound of the answer, in milliseconds. */
  readonly latencyMs: number;
  /** What is to be done about the conversation as it is now. */
  readonly plan: () => TurnPlan;
  /** Called when nothing is said, thought or waited for any more. */
  readonly onDone: (interrupted: boolean) => void;
}

/** What a model says that goes on thinking behind it. */
const BRIDGE = 'Let me think about that.';
/** For how long, in milliseconds. */
const THINKING_MS = { LOW: 0, MEDIUM: 2000, HIGH: 4000 } as const;

/** Takes the model's turns: one, or several where it thinks aloud. */
export class Speaker {
  readonly #settings: SessionSettings;
  readonly #context: Context;
  readonly #ports: SpeakerPorts;
  #current: { readonly turn: Turn; prompt: TokenCount } | null = null;
  /** What the model says once it has thought about it, and with which tools. */
  #thinkingAbout: { readonly plan: TurnPlan; readonly toolbox: Toolbox } | null = null;

  constructor(settings: SessionSettings, context: Context, ports: SpeakerPorts) {
    this.#settings = settings;
    this.#context = context;
    this.#ports = ports;
  }

  /** Whether a turn is under way. */
  get isBusy(): boolean {
    return this.#current !== null;
  }

  speak(plan: TurnPlan, toolbox: Toolbox): void {
    const { profile, thinkingLevel } = this.#settings;
    const calls = plan.calls ?? [];
    if (
      !profile.tellsInteractionStatus ||
      THINKING_MS[thinkingLevel] === 0 ||
      plan.say === null ||
      calls.length > 0
    ) {
      this.#begin(plan, toolbox);
      return;
    }
    this.#thinkingAbout = { plan, toolbox };
    this.#begin({ say: BRIDGE }, toolbox);
  }

  /** The calls are answered that the turn waited for. */
  proceed(): void {
    this.#current?.turn.proceed();
  }

  /** Ends the turn under way for something else. `cancelled`: calls that nobody waits for any more. */
  interrupt(cancelled: readonly string[]): void {
    if (!this.#current) return;
    this.#thinkingAbout = null;
    this.stop();
    const { messages, send } = this.#ports;
    const told = messages.interrupted(cancelled, this.#settings.profile.bundlesEvents);
    for (const message of told) send(message);
    this.#finish(true);
  }

  /** Ends the turn under way as if it were complete. */
  complete(): void {
    this.stop();
    this.#finish(false);
  }

  /** Says nothing any more, not even that. */
  stop(): void {
    this.#current?.turn.stop();
  }

  #begin(plan: TurnPlan, toolbox: Toolbox, thinkingMs = 0): void {
    const { clock, messages, send, calls, latencyMs } = this.#ports;
    const turn = new Turn(
      plan,
      this.#settings,
      {
        ...{ clock, messages, send, calls, latencyMs, toolbox },
        onCalls: (made) =>
          this.#context.add(
            { role: 'model', text: '', speech: [], pictures: [], calls: made },
            jsonTokens(made),
          ),
        planAgain: () => {
          if (this.#current) this.#current.prompt = this.#context.tokens;
          return this.#ports.plan();
        },
        onDone: (reason) => this.#finish(false, reason),
      },
      thinkingMs,
    );
    this.#current = { turn, prompt: this.#context.tokens };
  }

  /** Ends the turn. The conversation keeps of the answer what was sent. */
  #finish(interrupted: boolean, reason?: TurnCompleteReason): void {
    if (!this.#current) return;
    const { turn, prompt } = this.#current;
    this.#current = null;
    const { text, seconds, thoughts } = turn.sent;
    const response = this.#settings.modality === 'AUDIO' ? audioTokens(seconds) : textTokens(text);
    const { backend, messages, send, observer, onDone } = this.#ports;
    if (text !== '') this.#context.add({ role: 'model', text, speech: [], pictures: [] }, response);
    const usage = usageMetadata(prompt, response, backend, thoughts);
    send(messages.turnComplete(usage, { reason, status: this.#status }));
    const totalTokens = totalOf(prompt) + totalOf(response);
    observer.turn({ text, spokenSeconds: seconds, totalTokens, interrupted });
    const next = this.#thinkingAbout;
    this.#thinkingAbout = null;
    if (next) this.#begin(next.plan, next.toolbox, THINKING_MS[this.#settings.thinkingLevel]);
    else onDone(interrupted);
  }

  get #status(): 'IN_PROGRESS' | 'IDLE' | undefined {
    if (!this.#settings.profile.tellsInteractionStatus) return undefined;
    return this.#thinkingAbout !== null || !this.#ports.calls.isEmpty ? 'IN_PROGRESS' : 'IDLE';
  }
}
