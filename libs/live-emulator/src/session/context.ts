import type { Entry } from '../mind/conversation.ts';
import type { TokenCount } from '../output/usage.ts';
import { NO_TOKENS, addTokens, textTokens, totalOf } from '../output/usage.ts';
import { readContent } from './content.ts';
import { invalidArgument } from './refusal.ts';
import type { SessionSettings } from './settings.ts';

interface Remembered {
  readonly entry: Entry;
  readonly tokens: TokenCount;
}

/** A context as it was at one moment. */
export type ContextSnapshot = readonly Remembered[];

/** The conversation as the model has it before it, with what each part of it costs. */
export class Context {
  readonly #settings: SessionSettings;
  readonly #prefix: readonly Remembered[];
  /** What the model was told to be; the client may change it where the model takes updates. */
  systemInstruction: string;
  #remembered: ContextSnapshot;

  constructor(settings: SessionSettings, snapshot: ContextSnapshot = []) {
    this.#settings = settings;
    this.systemInstruction = settings.systemInstruction;
    this.#prefix = settings.prefixTurns.map((turn) => readContent(turn, settings.pictureTokens));
    this.#remembered = snapshot;
  }

  get entries(): readonly Entry[] {
    return [...this.#prefix, ...this.#remembered].map(({ entry }) => entry);
  }

  get snapshot(): ContextSnapshot {
    return this.#remembered;
  }

  /** Everything that a turn is billed for. */
  get tokens(): TokenCount {
    const turns = [...this.#prefix, ...this.#remembered].map(({ tokens }) => tokens);
    return addTokens(textTokens(this.systemInstruction), ...turns);
  }

  /** @throws Refusal when the context grows over the model's window and compression is off. */
  add(entry: Entry, tokens: TokenCount): void {
    this.#remembered = [...this.#remembered, { entry, tokens }];
    const total = totalOf(this.tokens);
    const { compression, profile } = this.#settings;
    if (compression && total > compression.triggerTokens) this.#forgetOldest(compression.targetTokens);
    else if (total > profile.contextWindow) {
      throw invalidArgument(
        `The input token count exceeds the maximum number of tokens allowed (${profile.contextWindow}).`,
      );
    }
  }

  /** The window keeps the end of the conversation, from the start of a turn of people; what stands before the conversation stays. */
  #forgetOldest(targetTokens: number): void {
    let total = totalOf(this.tokens);
    let forgotten = 0;
    const isInTurn = (at: number) => {
      const entry = this.#remembered[at]?.entry;
      return entry?.role === 'model' || (entry?.results ?? []).length > 0;
    };
    while (forgotten < this.#remembered.length - 1 && (total > targetTokens || isInTurn(forgotten))) {
      total -= totalOf(this.#remembered[forgotten]?.tokens ?? NO_TOKENS);
      forgotten += 1;
    }
    this.#remembered = this.#remembered.slice(forgotten);
  }
}
