import type { Entry } from '../mind/conversation.ts';
import type { TokenCount } from '../output/usage.ts';
import { addTokens, textTokens, totalOf } from '../output/usage.ts';
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
  /** What the model was told to be; the client may change it where the model takes updates. */
  systemInstruction: string;
  #remembered: ContextSnapshot;

  constructor(settings: SessionSettings, snapshot: ContextSnapshot = []) {
    this.#settings = settings;
    this.systemInstruction = settings.systemInstruction;
    this.#remembered = snapshot;
  }

  get entries(): readonly Entry[] {
    return this.#remembered.map(({ entry }) => entry);
  }

  get snapshot(): ContextSnapshot {
    return this.#remembered;
  }

  /** Everything that a turn is billed for; the system instruction is never compressed away. */
  get tokens(): TokenCount {
    return addTokens(textTokens(this.systemInstruction), ...this.#remembered.map(({ tokens }) => tokens));
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

  #forgetOldest(targetTokens: number): void {
    let total = totalOf(this.tokens);
    let forgotten = 0;
    for (const { tokens } of this.#remembered.slice(0, -1)) {
      if (total <= targetTokens) break;
      total -= totalOf(tokens);
      forgotten += 1;
    }
    this.#remembered = this.#remembered.slice(forgotten);
  }
}
