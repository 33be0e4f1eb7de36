/** Somebody who speaks to Gemini, over whatever way. */
export interface Talker {
  /** Resolves when Gemini hears what follows. */
  start(): Promise<void>;
  /** 20 ms of 16 kHz PCM. */
  frame(pcm: Uint8Array): void;
  end(): Promise<void>;
  close(): void;
}

/** Told of Gemini's voice, at the moment given. */
export type OnVoice = (pcm: Uint8Array, at: number) => void;
