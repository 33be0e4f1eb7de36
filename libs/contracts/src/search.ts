import * as z from 'zod';
import { RoomId } from './ids.ts';
import { Actor, DisplayName } from './participant.ts';

/** What is looked for: words that must all occur, in any case; "words in quotes" must follow each other. */
export const SearchQuery = z.string().trim().min(2, 'at least 2 characters').max(200);

/** A line that was found. */
export const SearchHit = z.object({
  seq: z.int().positive(),
  /** Milliseconds since the epoch. */
  at: z.int().nonnegative(),
  actor: Actor,
  type: z.enum(['chat', 'speech']),
  /** The part of the line around what was found, at most 300 characters. */
  snippet: z.string().max(300),
  /** Where in the snippet the words stand: first character, and the one behind the last. */
  marks: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** GET /api/rooms/:id/search?q=&before=&limit= : newest first; `next` is the `before` of the next page. */
export const RoomHits = z.object({ hits: z.array(SearchHit), next: z.int().positive().optional() });
export type RoomHits = z.infer<typeof RoomHits>;

/** GET /api/search?q=&cursor= : in all rooms of the person, by room, those visited last first. */
export const StudioHits = z.object({
  rooms: z.array(
    z.object({
      room: z.object({ id: RoomId, name: DisplayName }),
      hits: z.array(SearchHit).min(1),
      /** There are more in this room. */
      more: z.boolean(),
    }),
  ),
  /** Rooms that were looked through for this page. */
  searched: z.int().nonnegative(),
  next: z.string().optional(),
});
export type StudioHits = z.infer<typeof StudioHits>;

/** GET /api/rooms/:id/export?format= : the whole conversation, as a file. */
export const ExportFormat = z.enum(['md', 'json', 'txt', 'vtt']);
export type ExportFormat = z.infer<typeof ExportFormat>;
