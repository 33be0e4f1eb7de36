/** What the page tells the playback worklet. */
export type PlaybackCommand =
  | {
      readonly type: 'push';
      readonly source: number;
      /** Gemini's voice, not a person's microphone. */
      readonly voice: boolean;
      /** Samples per second. */
      readonly rate: number;
      readonly samples: Int16Array<ArrayBuffer>;
      /** Nothing follows for now. */
      readonly end: boolean;
    }
  | { readonly type: 'flush' | 'forget'; readonly source: number };

/** What the playback worklet tells: how loud each source was in the last fifteenth of a second, as RMS from 0 to 1. */
export type PlaybackLevels = readonly (readonly [source: number, level: number])[];
