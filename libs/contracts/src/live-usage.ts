import * as z from 'zod';

const Tokens = z.object({
  text: z.number().nonnegative().default(0),
  audio: z.number().nonnegative().default(0),
  /** Pictures and video. */
  image: z.number().nonnegative().default(0),
});
export type Tokens = z.infer<typeof Tokens>;

/** What Gemini has used in one room since it was created. */
export const LiveUsage = z.object({
  input: Tokens.prefault({}),
  output: Tokens.prefault({}),
  /** An estimate in US dollars, from published prices. */
  costUsd: z.number().nonnegative().default(0),
});
export type LiveUsage = z.infer<typeof LiveUsage>;

export const NO_USAGE: LiveUsage = LiveUsage.parse({});
