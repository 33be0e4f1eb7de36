import { INSTRUCTION_CHARACTERS, LIMITS, VOICES } from '@studio/contracts';
import type { LiveService } from '@studio/contracts';
import { ConfigError, setting } from '@studio/platform';
import * as z from 'zod';
import { PricesSetting } from './usage/prices.ts';

const modelId = z.string().regex(/^[\w.-]{1,100}$/, 'must be ids of models such as gemini-3.8-live');

/** Settings of the service in every mode. Times are milliseconds. */
export const GeminiSessionConfig = z.object({
  GEMINI_API_KEY: z.string().optional(),
  GOOGLE_API_KEY: z.string().optional(),
  GOOGLE_GENAI_USE_VERTEXAI: setting.flag(false),
  GOOGLE_CLOUD_PROJECT: z.string().optional(),
  GOOGLE_CLOUD_LOCATION: z.string().optional(),
  /** The model of rooms that choose none. One that is not known here is given whatever people set. */
  GEMINI_MODEL: modelId.default('gemini-3.8-live'),
  /** Models that a room may choose; none named: all that are known for the service. */
  GEMINI_MODELS: setting.list().pipe(z.array(modelId)),
  GEMINI_VOICE: z.enum(VOICES, 'must be one of the voices of Gemini, such as Puck').default('Puck'),
  /** What Gemini is told in every room, before what people tell it in theirs. */
  GEMINI_INSTRUCTION: z
    .string()
    .max(INSTRUCTION_CHARACTERS, `must have at most ${INSTRUCTION_CHARACTERS} characters`)
    .default(''),
  /** The API version in the service's URLs; default: v1beta, on Vertex v1beta1, which are the documented ones. */
  GEMINI_API_VERSION: z
    .string()
    .regex(/^v\d+((alpha|beta)\d*)?$/, 'must be an API version such as v1beta')
    .optional(),
  /** Where the emulator listens; it is then used instead of Google's service. */
  LIVE_EMULATOR_URL: setting.url('http').optional(),
  /** The Live connection of a room without people is closed after this. */
  EMPTY_ROOM_MS: setting.wholeNumber(0, 3_600_000).default(LIMITS.emptyRoomMs),
  /** A connection to Gemini that is not ready by then is given up. */
  LIVE_CONNECT_MS: setting.wholeNumber(100, 60_000).default(10_000),
  /** A connection is replaced at this age, before the service cuts it after about 10 minutes. */
  LIVE_ROTATE_MS: setting.wholeNumber(1_000, 3_600_000).default(540_000),
  /** A complete input that brings no answer for so long is given to another connection, once. */
  LIVE_ANSWER_MS: setting.wholeNumber(100, 300_000).default(15_000),
  /** An answer that stops in the middle for so long begins again on another connection, once. */
  LIVE_STALL_MS: setting.wholeNumber(100, 300_000).default(6_000),
  /** How long to wait before a refused key, model or quota is tried again. */
  LIVE_REFUSED_RETRY_MS: setting.wholeNumber(50, 3_600_000).default(30_000),
  /** Files with more tools for Gemini: modules, and descriptions of tools that are called over HTTP. */
  GEMINI_TOOLS: setting.list(),
  /** US dollars per million tokens, JSON by model, in the place of the published prices. */
  GEMINI_PRICES: PricesSetting.default({}),
  /** A call of a tool that is not answered by then has failed. */
  TOOL_DEADLINE_MS: setting.wholeNumber(100, 120_000).default(10_000),
  /** A tool's answer is cut to so many characters of JSON: it stays in Gemini's context. */
  TOOL_ANSWER_CHARACTERS: setting.wholeNumber(200, 100_000).default(8_000),
});
export type GeminiSessionConfig = z.output<typeof GeminiSessionConfig>;

/** Where Live connections go, and with which credential. Never logged, never sent anywhere. */
export type LiveBackend =
  | { kind: 'emulator'; baseUrl: string; apiVersion: string }
  | { kind: 'developer'; apiKey: string; apiVersion: string }
  | { kind: 'vertex'; project: string; location: string; apiVersion: string };

/** Which of the two services is spoken to; the emulator is the Developer API. */
export function liveService(config: GeminiSessionConfig): LiveService {
  return liveBackend(config).kind === 'vertex' ? 'vertex' : 'developer';
}

/** @throws ConfigError when the settings name no way to Gemini */
export function liveBackend(config: GeminiSessionConfig): LiveBackend {
  const apiVersion = config.GEMINI_API_VERSION;
  if (config.LIVE_EMULATOR_URL !== undefined)
    return { kind: 'emulator', baseUrl: config.LIVE_EMULATOR_URL, apiVersion: apiVersion ?? 'v1beta' };
  if (config.GOOGLE_GENAI_USE_VERTEXAI) {
    if (config.GOOGLE_CLOUD_PROJECT === undefined)
      throw new ConfigError(['GOOGLE_CLOUD_PROJECT: is needed with GOOGLE_GENAI_USE_VERTEXAI']);
    return {
      kind: 'vertex',
      project: config.GOOGLE_CLOUD_PROJECT,
      location: config.GOOGLE_CLOUD_LOCATION ?? 'global',
      apiVersion: apiVersion ?? 'v1beta1',
    };
  }
  const apiKey = config.GEMINI_API_KEY ?? config.GOOGLE_API_KEY;
  if (apiKey !== undefined) return { kind: 'developer', apiKey, apiVersion: apiVersion ?? 'v1beta' };
  throw new ConfigError(['GEMINI_API_KEY: is needed, or GOOGLE_GENAI_USE_VERTEXAI, or LIVE_EMULATOR_URL']);
}
