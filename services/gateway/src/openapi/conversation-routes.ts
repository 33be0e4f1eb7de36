import { EventPage, RoomHits, StudioHits } from '@studio/contracts';
import { EXPORT_FORMATS } from '../export/export-formats.ts';
import { ExportQuery, HistoryQuery, RoomSearchQuery, StudioSearchQuery } from '../http/queries.ts';
import type { Route } from './route.ts';

const ROOM = '/api/rooms/{id}';
const EXPORT_TYPES = Object.values(EXPORT_FORMATS).map(({ contentType }) => contentType);

/** What was said, and finding it again. */
export const CONVERSATION_ROUTES: readonly Route[] = [
  {
    ...{ method: 'get', path: `${ROOM}/events`, id: 'listEvents', tag: 'Conversation' },
    summary: 'A part of the conversation, in order; the newest one without `before` and `after`',
    query: HistoryQuery,
    answers: { 200: { description: 'A page of events.', schema: EventPage, headers: ['Link'] } },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'get', path: `${ROOM}/search`, id: 'searchRoom', tag: 'Conversation' },
    summary: 'Words in the conversation of a room, newest first',
    query: RoomSearchQuery,
    answers: { 200: { description: 'A page of lines.', schema: RoomHits, headers: ['Link'] } },
    problems: ['forbidden'],
  },
  {
    ...{ method: 'get', path: `${ROOM}/export`, id: 'exportRoom', tag: 'Conversation' },
    summary: 'The whole conversation as a file; a download that breaks off is not complete',
    query: ExportQuery,
    answers: {
      200: { description: 'The file.', contentTypes: EXPORT_TYPES, headers: ['Content-Disposition'] },
    },
    problems: ['forbidden', 'rate_limited', 'unavailable'],
  },
  {
    ...{ method: 'get', path: '/api/search', id: 'search', tag: 'Conversation' },
    summary: 'Words in all rooms that one may read, those visited last first',
    query: StudioSearchQuery,
    answers: { 200: { description: 'A page of rooms with lines.', schema: StudioHits, headers: ['Link'] } },
  },
];
