import * as z from 'zod';
import { ParticipantId } from './ids.ts';

/** Who answers as Gemini: Google's service, or the offline emulator of this project. */
export const LiveEngine = z.enum(['gemini', 'emulator']);
export type LiveEngine = z.infer<typeof LiveEngine>;

/** The studio's Live configuration as people may know it; never a credential, never an address. */
export const LiveInfo = z.object({ engine: LiveEngine, model: z.string() });
export type LiveInfo = z.infer<typeof LiveInfo>;

/** What Gemini does in a room at the moment. */
export const LiveState = z.enum(['idle', 'connecting', 'listening', 'thinking', 'speaking', 'unavailable']);
export type LiveState = z.infer<typeof LiveState>;

export const LiveStatus = z.object({
  state: LiveState,
  /** Who Gemini hears now. */
  floorHolder: ParticipantId.nullable(),
  /** In plain words, why Gemini is unavailable; null otherwise. */
  reason: z.string().nullable(),
});
export type LiveStatus = z.infer<typeof LiveStatus>;

export const IDLE: LiveStatus = { state: 'idle', floorHolder: null, reason: null };
