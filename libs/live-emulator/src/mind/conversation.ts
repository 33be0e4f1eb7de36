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

/** What one side said, showed or wrote in one go. */
export interface Entry {
  readonly role: 'user' | 'model';
  readonly text: string;
  readonly speech: readonly HeardSpeech[];
  readonly pictures: readonly SeenPicture[];
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
