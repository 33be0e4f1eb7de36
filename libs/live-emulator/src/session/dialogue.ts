import type { Clock } from '../clock.ts';
import type { CallResult } from '../mind/conversation.ts';
import type { Mind, TurnPlan } from '../mind/plan.ts';
import type { Backend } from '../models/backend.ts';
import type { ServerMessage, ServerMessages, TurnCompleteReason } from '../output/server-message.ts';
import type { TokenCount } from '../output/usage.ts';
import { NO_TOKENS, audioTokens, jsonTokens, textTokens, totalOf, usageMetadata } from '../output/usage.ts';
import type {
  ClientContent,
  ClientMessage,
  ContextUpdate,
  FunctionResponse,
  RealtimeInput,
} from './client-message.ts';
import type { Context } from './context.ts';
import { readContent } from './content.ts';
import { textOf } from './fields.ts';
import { Listener } from './listener.ts';
import type { SessionObserver } from './observer.ts';
import type { OpenCalls } from './open-calls.ts';
import { invalidArgument } from './refusal.ts';
import type { SessionSettings } from './settings.ts';
import { readTools } from './toolbox.ts';
import type { Toolbox } from './toolbox.ts';
import { Turn } from './turn.ts';

export interface DialoguePorts {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly mind: Mind;
  readonly messages: ServerMessages;
  readonly send: (message: ServerMessage) => void;
  readonly observer: SessionObserver;
  readonly calls: OpenCalls;
  /** From the end of a turn to the first sound of the answer, in milliseconds. */
  readonly latencyMs: number;
  readonly onPicture: () => void;
  /** Called when the model begins to work and when it has done everything: the session may be resumed now, or not. */
  readonly onResumable: (resumable: boolean) => void;
}

/** What a model says that goes on thinking behind it. */
const BRIDGE = 'Let me think about that.';
/** For how long, in milliseconds. */
const THINKING_MS = { LOW: 0, MEDIUM: 2000, HIGH: 4000 } as const;

/** Listens and answers, turn by turn, once a session is set up. */
export class Dialogue {
  readonly #settings: SessionSettings;
  readonly #context: Context;
  readonly #ports: DialoguePorts;
  readonly #listener: Listener;
  #toolbox: Toolbox;
  #current: { readonly turn: Turn; prompt: TokenCount } | null = null;
  /** What the model says once it has thought about it. */
  #thinkingAbout: TurnPlan | null = null;
  /** Answers to calls that came while the model spoke: it knows them once it has finished. */
  readonly #unheard: CallResult[] = [];
  /** Something is to be answered that came while a turn was under way. */
  #owesAnswer = false;
  #takesHistory: boolean;
  /** What came before the history was complete. */
  #held: RealtimeInput[] = [];

  constructor(settings: SessionSettings, context: Context, ports: DialoguePorts) {
    this.#settings = settings;
    this.#context = context;
    this.#ports = ports;
    this.#toolbox = settings.toolbox;
    this.#takesHistory = settings.startsWithHistory;
    this.#listener = new Listener(settings, {
      ...ports,
      onInput: () => {
        if (settings.interruptible || this.#inputCancelsCalls) this.#interrupt();
      },
      onTurnEnd: () => this.#respond(),
    });
  }

  /** Whether everything that was sent so far is in the context, or belongs to no turn. */
  get isSettled(): boolean {
    return this.#listener.isSettled && this.#held.length === 0;
  }

  /** @throws Refusal when the service would close the connection over it. */
  receive({ clientContent, realtimeInput, toolResponse, contextUpdate }: ClientMessage): void {
    if (clientContent) this.#receiveContent(clientContent);
    if (realtimeInput && this.#takesHistory) this.#held.push(realtimeInput);
    else if (realtimeInput) this.#listener.receive(realtimeInput);
    if (toolResponse) this.#receiveAnswers(toolResponse.functionResponses);
    if (contextUpdate) this.#updateContext(contextUpdate);
  }

  stop(): void {
    this.#current?.turn.stop();
  }

  get #inputCancelsCalls(): boolean {
    return this.#settings.profile.inputCancelsBlockingCalls && this.#ports.calls.blocks;
  }

  /** Ends the answer under way, if there is one, as if it were complete. */
  completeTurn(): void {
    this.#current?.turn.stop();
    this.#finish(false);
  }

  #receiveContent({ turns, turnComplete }: ClientContent): void {
    const { interruptedByAnyContent } = this.#settings.profile;
    if (turnComplete || interruptedByAnyContent || this.#inputCancelsCalls) this.#interrupt();
    for (const turn of turns) {
      const { entry, tokens } = readContent(turn, this.#settings.pictureTokens);
      this.#ports.observer.text('clientContent', entry.role, entry.text);
      this.#context.add(entry, tokens);
    }
    if (turnComplete && !this.#takesHistory) {
      this.#respond();
      return;
    }
    this.#tellIfResumable();
    if (turnComplete) {
      this.#takesHistory = false;
      for (const input of this.#held.splice(0)) this.#listener.receive(input);
    }
  }

  #receiveAnswers(responses: readonly FunctionResponse[]): void {
    const { calls, observer } = this.#ports;
    const answers = responses.flatMap((response) => {
      const answered = calls.answer(response);
      observer.toolResponse(response, answered !== null);
      return answered ?? [];
    });
    for (const { blocking, result } of answers) {
      if (this.#current && !blocking) this.#unheard.push(result);
      else this.#learn(result);
    }
    const spoken = answers.filter(({ blocking, scheduling }) => !blocking && scheduling !== 'SILENT');
    if (answers.length === 0) return;
    if (calls.blocks) {
      this.#owesAnswer ||= spoken.length > 0;
      return;
    }
    if (answers.some(({ blocking }) => blocking)) this.#current?.turn.proceed();
    if (spoken.some(({ scheduling }) => scheduling === 'INTERRUPT')) this.#cutShort([]);
    if (spoken.length > 0 && !this.#listener.somebodySpeaks) this.#respond();
    else this.#tellIfResumable();
  }

  #learn(result: CallResult): void {
    this.#context.add(
      { role: 'user', text: '', speech: [], pictures: [], results: [result] },
      jsonTokens(result.response),
    );
  }

  #updateContext({ systemInstruction, tools }: ContextUpdate): void {
    const { id, contextUpdates } = this.#settings.profile;
    const takesInstruction =
      contextUpdates === 'all' ||
      (contextUpdates === 'vertex-instruction' && this.#ports.backend === 'vertex');
    if (!takesInstruction || (tools && contextUpdates !== 'all')) {
      throw invalidArgument(
        `${tools ? 'Tools in context_update' : 'context_update'} not supported by ${id}.`,
      );
    }
    if (systemInstruction) this.#context.systemInstruction = textOf(systemInstruction);
    if (tools) this.#toolbox = readTools(tools.tools ?? [], this.#settings.profile);
  }

  /** Answers everything since the last turn, after the turn under way if there is one. */
  #respond(): void {
    if (this.#current) {
      this.#owesAnswer = true;
      this.#listener.transcribe();
      return;
    }
    this.#owesAnswer = false;
    const said = this.#listener.take();
    if (said) this.#context.add(said.entry, said.tokens);
    if (this.#context.entries.length === 0) {
      const usage = usageMetadata(this.#context.tokens, NO_TOKENS, this.#ports.backend);
      this.#ports.send(this.#ports.messages.turnComplete(usage, { reason: 'NEED_MORE_INPUT' }));
      return;
    }
    const plan = this.#plan();
    this.#listener.transcribe(plan.heard);
    this.#ports.onResumable(false);
    const level = this.#settings.thinkingLevel;
    const thinksAloud = this.#settings.profile.tellsInteractionStatus && THINKING_MS[level] > 0;
    if (thinksAloud && plan.say !== null && (plan.calls ?? []).length === 0) {
      this.#thinkingAbout = plan;
      this.#begin({ say: BRIDGE });
    } else this.#begin(plan);
  }

  #plan(): TurnPlan {
    return this.#ports.mind.plan(this.#context.entries, {
      mayStaySilent: this.#settings.proactiveAudio,
      systemInstruction: this.#context.systemInstruction,
      ...this.#toolbox,
    });
  }

  #begin(plan: TurnPlan, extraDelayMs = 0): void {
    const { clock, messages, send, calls, latencyMs } = this.#ports;
    const turn = new Turn(
      plan,
      this.#settings,
      {
        ...{ clock, messages, send, calls, latencyMs },
        toolbox: this.#toolbox,
        onCalls: (made) =>
          this.#context.add(
            { role: 'model', text: '', speech: [], pictures: [], calls: made },
            jsonTokens(made),
          ),
        planAgain: () => {
          if (this.#current) this.#current.prompt = this.#context.tokens;
          return this.#plan();
        },
        onDone: (reason) => this.#finish(false, reason),
      },
      extraDelayMs,
    );
    this.#current = { turn, prompt: this.#context.tokens };
  }

  /** New input stops the turn under way, and nobody waits for open calls any more. */
  #interrupt(): void {
    if (this.#current) this.#cutShort(this.#ports.calls.cancelAll());
  }

  #cutShort(cancelled: readonly string[]): void {
    if (!this.#current) return;
    this.#current.turn.stop();
    this.#thinkingAbout = null;
    const { messages, send } = this.#ports;
    for (const message of messages.interrupted(cancelled, this.#settings.profile.bundlesEvents))
      send(message);
    this.#finish(true);
  }

  /** Ends the turn. The conversation keeps of the answer what was sent. */
  #finish(interrupted: boolean, reason?: TurnCompleteReason): void {
    if (!this.#current) return;
    const { turn, prompt } = this.#current;
    this.#current = null;
    const { text, seconds, thoughts } = turn.sent;
    const response = this.#settings.modality === 'AUDIO' ? audioTokens(seconds) : textTokens(text);
    const { backend, messages, send, observer, calls } = this.#ports;
    if (text !== '') this.#context.add({ role: 'model', text, speech: [], pictures: [] }, response);
    for (const result of this.#unheard.splice(0)) this.#learn(result);
    const goesOn = this.#thinkingAbout !== null || !calls.isEmpty;
    const status = this.#settings.profile.tellsInteractionStatus
      ? goesOn
        ? 'IN_PROGRESS'
        : 'IDLE'
      : undefined;
    send(messages.turnComplete(usageMetadata(prompt, response, backend, thoughts), { reason, status }));
    observer.turn({
      text,
      spokenSeconds: seconds,
      totalTokens: totalOf(prompt) + totalOf(response),
      interrupted,
    });
    const thought = this.#thinkingAbout;
    this.#thinkingAbout = null;
    if (thought) this.#begin(thought, THINKING_MS[this.#settings.thinkingLevel]);
    else if (this.#owesAnswer && !interrupted) this.#respond();
    else this.#tellIfResumable();
  }

  #tellIfResumable(): void {
    if (!this.#current && this.#ports.calls.isEmpty) this.#ports.onResumable(true);
  }
}
