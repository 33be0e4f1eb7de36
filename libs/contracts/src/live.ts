import * as z from 'zod';
import { ParticipantId } from './ids.ts';
import { LiveService } from './live-models.ts';
import { Addressing, DEFAULT_LIVE_SETTINGS, FloorPolicy } from './live-settings.ts';
import { LiveUsage, NO_USAGE } from './live-usage.ts';

/** Who answers as Gemini: Google's service, or the offline emulator of this project. */
export const LiveEngine = z.enum(['gemini', 'emulator']);
export type LiveEngine = z.infer<typeof LiveEngine>;

/** A tool that Gemini may call. */
export const LiveTool = z.object({ name: z.string(), description: z.string() });
export type LiveTool = z.infer<typeof LiveTool>;

/** The studio's Live configuration as people may know it; never a credential, never an address. */
export const LiveInfo = z.object({
  engine: LiveEngine,
  /** The model and the voice of rooms that choose none. */
  model: z.string(),
  voice: z.string(),
  service: LiveService,
  /** Of the service; some options need `v1alpha` on the Gemini Developer API. */
  apiVersion: z.string(),
  /** Models that a room may choose. */
  models: z.array(z.string()),
  tools: z.array(LiveTool),
});
export type LiveInfo = z.infer<typeof LiveInfo>;

/** What Gemini does in a room at the moment. */
export const LiveState = z.enum(['idle', 'connecting', 'listening', 'thinking', 'speaking', 'unavailable']);
export type LiveState = z.infer<typeof LiveState>;

/** Who is heard by Gemini, and who wants to be. */
export const FloorStatus = z.object({
  policy: FloorPolicy,
  /** Who has the floor; null with the policy `mix`. */
  holder: ParticipantId.nullable(),
  /** Grows each time the floor is given to somebody: a release that names an older one comes too late and does nothing. */
  grant: z.int().nonnegative(),
  /** Who is heard now: the holder, or everybody who speaks with the policy `mix`. */
  speakers: z.array(ParticipantId),
  /** Raised hands, the first in the queue first. */
  queue: z.array(ParticipantId),
});
export type FloorStatus = z.infer<typeof FloorStatus>;

export const LiveStatus = z.object({
  state: LiveState,
  /** In plain words, why Gemini is unavailable; null otherwise. */
  reason: z.string().nullable(),
  floor: FloorStatus,
  addressing: Addressing,
  usage: LiveUsage,
  budgetUsd: z.number().positive().nullable(),
});
export type LiveStatus = z.infer<typeof LiveStatus>;

export const IDLE: LiveStatus = {
  state: 'idle',
  reason: null,
  floor: { policy: DEFAULT_LIVE_SETTINGS.floor, holder: null, grant: 0, speakers: [], queue: [] },
  addressing: DEFAULT_LIVE_SETTINGS.addressing,
  usage: NO_USAGE,
  budgetUsd: null,
};

/** What somebody does about the floor. */
export const FloorAction = z.discriminatedUnion('action', [
  /** Presses to talk: gets the floor if it is free, otherwise stands in the queue as long as they press. */
  z.object({ action: z.literal('press') }),
  /** Lets go; `grant`: of the floor that is given back, when they had it. */
  z.object({ action: z.literal('release'), grant: z.int().nonnegative().optional() }),
  z.object({ action: z.literal('raise') }),
  z.object({ action: z.literal('lower') }),
  /** A moderator gives the floor to somebody, with any policy but `mix`. */
  z.object({ action: z.literal('give'), to: ParticipantId }),
  /** A moderator takes the floor from its holder. */
  z.object({ action: z.literal('take') }),
]);
export type FloorAction = z.infer<typeof FloorAction>;
