/** What the floor policy wants to be told to Gemini. Starts and ends are always paired, audio lies between them. */
export type FloorAction =
  | { type: 'activityStart'; source: number }
  /** PCM, 16-bit little-endian mono, 16 kHz. */
  | { type: 'audio'; pcm: Uint8Array }
  | { type: 'activityEnd' };
