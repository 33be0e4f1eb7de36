import * as z from 'zod';
import { ExportFormat, LIMITS, RoomScope, SearchQuery } from '@studio/contracts';

const ROOMS_PER_PAGE = 50;
const MEMBERS_PER_PAGE = 100;
const HITS_PER_PAGE = 20;

const Cursor = z.string().min(1).max(500).describe('`next` of the page before.');
const Before = z.coerce.number().int().positive().describe('What is older than this sequence.');

const Words = SearchQuery.describe('Words that must all occur; "words in quotes" must follow each other.');

function limit(most: number, usual: number) {
  return z.coerce.number().int().min(1).max(most).default(usual).describe('Entries of a page, at most.');
}

/** GET /api/rooms */
export const RoomsQuery = z.object({
  scope: RoomScope.default('open').describe(
    'Rooms of which one is a member, those open to everybody, or those visited last.',
  ),
  cursor: Cursor.optional(),
  limit: limit(200, ROOMS_PER_PAGE),
});

/** GET /api/rooms/:id/members */
export const MembersQuery = z.object({ cursor: Cursor.optional(), limit: limit(200, MEMBERS_PER_PAGE) });

/** GET /api/rooms/:id/events: towards the beginning, or, with `after`, towards the end. */
export const HistoryQuery = z
  .object({
    before: Before.optional(),
    after: z.coerce
      .number()
      .int()
      .nonnegative()
      .describe('The first ones behind this sequence; not together with `before`.')
      .optional(),
    limit: limit(LIMITS.recoverEvents, LIMITS.historyPage),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, {
    message: 'cannot be named together with after',
    path: ['before'],
  });

/** GET /api/rooms/:id/search */
export const RoomSearchQuery = z.object({
  q: Words,
  before: Before.optional(),
  limit: limit(100, HITS_PER_PAGE),
});

/** GET /api/search */
export const StudioSearchQuery = z.object({ q: Words, cursor: Cursor.optional() });

/** GET /api/rooms/:id/export */
export const ExportQuery = z.object({ format: ExportFormat });
