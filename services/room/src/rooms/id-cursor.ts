import { Id, StudioError } from '@studio/contracts';

/** A cursor that is the id after which to go on. @throws StudioError invalid */
export function idCursor(cursor: string | undefined): Id | undefined {
  if (cursor !== undefined && !Id.safeParse(cursor).success)
    throw new StudioError('invalid', 'This cursor is not one of ours.');
  return cursor;
}
