import * as z from 'zod';
import { LiveModality, ThinkingLevel } from './live-models.ts';
import { VOICES } from './voices.ts';

/** Who is heard by Gemini: whoever holds the button, whoever speaks first, or everybody at once. */
export const FloorPolicy = z.enum(['push-to-talk', 'open', 'mix']);
export type FloorPolicy = z.infer<typeof FloorPolicy>;

/**
 * When Gemini answers: to everything, when it is called by its name, or only when somebody presses Ask. A spoken name is found in the
 * transcription of what people say: without it Gemini is called by typing, or with Ask.
 */
export const Addressing = z.enum(['always', 'when-addressed', 'observer']);
export type Addressing = z.infer<typeof Addressing>;

const Sensitivity = z.enum(['default', 'high', 'low']);

/** How speech is found. With the policies `push-to-talk` and `open` the studio marks it, with `mix` Gemini finds it by itself. */
export const VoiceActivitySettings = z.object({
  startSensitivity: Sensitivity.default('default'),
  endSensitivity: Sensitivity.default('default'),
  /** Speech that is needed for a start, milliseconds; 0 to 2000. */
  prefixPaddingMs: z.int().min(0).max(2_000).default(100),
  /** Silence that ends what is being said, milliseconds; 200 to 10000. Also frees the floor with the policy `open`. */
  silenceMs: z.int().min(200).max(10_000).default(700),
  /** Whether speech stops what Gemini says. */
  handling: z.enum(['interrupts', 'no-interruption']).default('interrupts'),
  /** What of the input belongs to a turn; null leaves it to the model. */
  turnCoverage: z.enum(['only-activity', 'all-input', 'activity-and-all-video']).nullable().default(null),
});
export type VoiceActivitySettings = z.infer<typeof VoiceActivitySettings>;

export const ThinkingSettings = z.object({
  /** Tokens; -1 lets the model decide, 0 switches thinking off. For models that take a budget. */
  budget: z.int().min(-1).max(32_768).nullable().default(null),
  /** For models that take a level. */
  level: ThinkingLevel.nullable().default(null),
});

/** When the context is shortened, in tokens; the system instruction is kept. */
export const CompressionSettings = z
  .object({ triggerTokens: z.int().min(5_000).max(128_000), targetTokens: z.int().min(1_000).max(128_000) })
  .refine(({ triggerTokens, targetTokens }) => targetTokens < triggerTokens, {
    message: 'must be shortened to less than what triggers it',
    path: ['targetTokens'],
  });

/** Longest system instruction, in characters. */
export const INSTRUCTION_CHARACTERS = 20_000;

/** How Gemini takes part in one room. Null leaves an option to the model. A room without settings of its own has the defaults. */
export const LiveSettings = z.object({
  /** Null: the studio's default model, and its default voice below. */
  model: z.string().min(1).max(100).nullable().default(null),
  voice: z.enum(VOICES).nullable().default(null),
  /** BCP 47, such as `de-DE`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as de-DE')
    .nullable()
    .default(null),
  /** What people want Gemini to be in this room; comes after what the studio itself tells it. */
  instruction: z.string().max(INSTRUCTION_CHARACTERS).default(''),
  temperature: z.number().min(0).max(2).nullable().default(null),
  modality: LiveModality.default('AUDIO'),
  transcription: z
    .object({ input: z.boolean().default(true), output: z.boolean().default(true) })
    .prefault({}),
  voiceActivity: VoiceActivitySettings.prefault({}),
  proactiveAudio: z.boolean().nullable().default(null),
  affectiveDialog: z.boolean().nullable().default(null),
  /** Gemini may search the web with Google. */
  grounding: z.boolean().default(false),
  thinking: ThinkingSettings.prefault({}),
  mediaResolution: z.enum(['low', 'medium', 'high']).nullable().default(null),
  /**
   * Null: no compression, and a session ends after 15 minutes. By default the context is shortened to 16,000 tokens at 32,000: all of it is
   * billed anew with every turn.
   */
  compression: CompressionSettings.nullable().default({ triggerTokens: 32_000, targetTokens: 16_000 }),
  /** Names of the tools that Gemini may call, of those that the studio has. Null: all of them. */
  tools: z.array(z.string().min(1).max(64)).max(100).nullable().default(null),
  floor: FloorPolicy.default('open'),
  addressing: Addressing.default('always'),
  /** US dollars that Gemini may cost in this room; null: no limit. */
  budgetUsd: z.number().positive().max(100_000).nullable().default(null),
});
export type LiveSettings = z.infer<typeof LiveSettings>;

/** What a room has that was never set up. */
export const DEFAULT_LIVE_SETTINGS: LiveSettings = LiveSettings.parse({});
