import { StudioError } from '@studio/contracts';
import type { Visit } from '../membership/personal-lists.ts';

const CURSOR = /^(\d{1,15})\.([A-Za-z0-9_-]{22})(?:\.(\d{1,15}))?$/;

/** Where a search through rooms goes on: behind that visit, or in that room before a line of it. */
export interface SearchCursor {
  readonly visit: Visit;
  readonly before?: number;
}

export function writeSearchCursor({ visit, before }: SearchCursor): string {
  return `${visit.at}.${visit.id}${before === undefined ? '' : `.${before}`}`;
}

/** @throws StudioError invalid */
export function readSearchCursor(cursor: string): SearchCursor {
  const [, at, id, before] = CURSOR.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new StudioError('invalid', 'This cursor is not one of ours.');
  return { visit: { at: Number(at), id }, ...(before !== undefined && { before: Number(before) }) };
}
