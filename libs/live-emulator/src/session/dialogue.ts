import type { CallResult } from '../mind/conversation.ts';
import type { Mind, TurnPlan } from '../mind/plan.ts';
import { NO_TOKENS, jsonTokens, usageMetadata } from '../output/usage.ts';
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
import { invalidArgument } from './refusal.ts';
import type { SessionSettings } from './settings.ts';
import { Speaker } from './speaker.ts';
import type { SpeakerPorts } from './speaker.ts';
import { readTools } from './toolbox.ts';
import type { Toolbox } from './toolbox.ts';

export interface DialoguePorts extends Omit<SpeakerPorts, 'plan' | 'onDone'> {
  readonly mind: Mind;
  readonly onPicture: () => void;
  /** Called when the model begins to work and when it has done everything: the session may be resumed now, or not. */
  readonly onResumable: (resumable: boolean) => void;
}

/** Listens and answers, turn by turn, once a session is set up. */
export class Dialogue {
  readonly #settings: SessionSettings;
  readonly #context: Context;
  readonly #ports: DialoguePorts;
  readonly #listener: Listener;
  readonly #speaker: Speaker;
  #toolbox: Toolbox;
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
    this.#speaker = new Speaker(settings, context, {
      ...ports,
      plan: () => this.#plan(),
      onDone: (interrupted) => this.#goOn(interrupted),
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

  /** Ends the answer under way, if there is one, as if it were complete. */
  completeTurn(): void {
    this.#speaker.complete();
  }

  stop(): void {
    this.#speaker.stop();
  }

  get #inputCancelsCalls(): boolean {
    return this.#settings.profile.inputCancelsBlockingCalls && this.#ports.calls.blocks;
  }

  /** New input stops the turn under way, and nobody waits for open calls any more. */
  #interrupt(): void {
    if (this.#speaker.isBusy) this.#speaker.interrupt(this.#ports.calls.cancelAll());
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
      if (this.#speaker.isBusy && !blocking) this.#unheard.push(result);
      else this.#learn(result);
    }
    const spoken = answers.filter(({ blocking, scheduling }) => !blocking && scheduling !== 'SILENT');
    if (answers.length === 0) return;
    if (calls.blocks) {
      this.#owesAnswer ||= spoken.length > 0;
      return;
    }
    if (answers.some(({ blocking }) => blocking)) this.#speaker.proceed();
    if (spoken.some(({ scheduling }) => scheduling === 'INTERRUPT')) this.#speaker.interrupt([]);
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
    if (this.#speaker.isBusy) {
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
    this.#speaker.speak(plan, this.#toolbox);
  }

  #plan(): TurnPlan {
    return this.#ports.mind.plan(this.#context.entries, {
      mayStaySilent: this.#settings.proactiveAudio,
      systemInstruction: this.#context.systemInstruction,
      ...this.#toolbox,
    });
  }

  /** The model has finished, or was stopped. */
  #goOn(interrupted: boolean): void {
    for (const result of this.#unheard.splice(0)) this.#learn(result);
    if (this.#owesAnswer && !interrupted) this.#respond();
    else this.#tellIfResumable();
  }

  #tellIfResumable(): void {
    if (!this.#speaker.isBusy && this.#ports.calls.isEmpty) this.#ports.onResumable(true);
  }
}
