import { DEFAULT_LIVE_SETTINGS, LIMITS, LiveSettings } from '@studio/contracts';
import { setting } from '@studio/platform';
import * as z from 'zod';

/** Settings of the room service in every mode. Times are milliseconds. */
export const RoomConfig = z.object({
  PARTICIPANTS_PER_ROOM: setting.wholeNumber(1, 1_000).default(LIMITS.participantsPerRoom),
  /** A connection that no gateway reports for this long is gone. */
  PRESENCE_MS: setting.wholeNumber(500, 300_000).default(LIMITS.presenceMs),
  /** How often expired connections are looked for, on average. */
  PRESENCE_SWEEP_MS: setting.wholeNumber(50, 60_000).default(LIMITS.presenceSweepMs),
  /** How long after an outage nobody is taken for gone: until all gateways have reported who is there. */
  PRESENCE_GRACE_MS: setting.wholeNumber(0, 60_000).default(LIMITS.presenceGraceMs),
  /** Who knocks and does not ask again for this long has gone away; a refusal is kept as long. */
  KNOCK_MS: setting.wholeNumber(500, 300_000).default(LIMITS.knockMs),
  /** How long after the deletion of a room what came too late is looked for, and how often. */
  DELETION_SWEEP_MS: setting.wholeNumber(50, 3_600_000).default(15_000),
  /** Events of one segment of the archive, unless they are large. */
  ARCHIVE_EVENTS: setting.wholeNumber(1, 10_000).default(500),
  /** Newest events that stay in the log of a room in use, by which repeated ones are known. */
  ARCHIVE_KEEP: setting.wholeNumber(1, 100_000).default(2_000),
  /** A room in which nobody is and nothing was said for this long is archived to its end. */
  ARCHIVE_IDLE_MS: setting.wholeNumber(100, 7 * 24 * 3_600_000).default(10 * 60_000),
  /**
   * The log of a room in which nothing was said for this long forgets all but the newest event. A client that was away for less may still
   * repeat what it had no answer to, which must be known: a computer that slept over night.
   */
  ARCHIVE_FORGET_MS: setting.wholeNumber(100, 30 * 24 * 3_600_000).default(24 * 3_600_000),
  /** Most days for which any room's conversation is kept; without it as many as each room wants. */
  RETENTION_MAX_DAYS: setting.wholeNumber(1, 36_500).optional(),
  /** How often what is past retention is looked for in all rooms, on average. */
  RETENTION_SWEEP_MS: setting.wholeNumber(50, 24 * 3_600_000).default(3_600_000),
  /** How Gemini takes part in a room that was never set up: a JSON object with those settings that are not the usual ones. */
  LIVE_DEFAULTS: setting.json(LiveSettings.strict()).default(DEFAULT_LIVE_SETTINGS),
});
export type RoomConfig = z.output<typeof RoomConfig>;
