/** A picture as the mind knows it. */
export interface SeenPicture {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly brightness: number | null;
}

/** A stretch of speech as the mind knows it. */
export interface HeardSpeech {
  readonly seconds: number;
  readonly dbfs: number;
}

/** A function that the model called, and what came of it. */
export interface MadeCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface CallResult {
  readonly name: string;
  readonly response: Readonly<Record<string, unknown>>;
  /** To be known, and not to be spoken about by itself. */
  readonly silent: boolean;
}

/** What one side said, showed or wrote in one go. */
export interface Entry {
  readonly role: 'user' | 'model';
  readonly text: string;
  readonly speech: readonly HeardSpeech[];
  readonly pictures: readonly SeenPicture[];
  /** Calls of the model's own. */
  readonly calls?: readonly MadeCall[];
  /** Answers to its calls. */
  readonly results?: readonly CallResult[];
}

/** One thing that one person said in writing. */
export interface Statement {
  /** Null when the text names nobody. */
  readonly author: string | null;
  readonly text: string;
}

/** Everything that can be told of a conversation so far. */
export interface Conversation {
  readonly statements: readonly Statement[];
  /** Everybody named so far as an author, a speaker or a person present, in order of first mention. */
  readonly people: readonly string[];
  /** Who was announced as the one who speaks now. */
  readonly speaker: string | null;
  readonly speech: readonly (HeardSpeech & { readonly speaker: string | null })[];
  readonly pictures: readonly SeenPicture[];
  /** What the model itself answered. */
  readonly answers: readonly string[];
}
