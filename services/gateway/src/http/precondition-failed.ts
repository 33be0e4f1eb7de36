import { StudioError } from '@studio/contracts';

/** 412: what was to be changed has changed. The answer shows what is there now, so that nobody needs to ask for it. */
export class PreconditionFailed extends StudioError {
  constructor(
    message: string,
    /** In the form that GET answers. */
    readonly current: unknown,
    /** The ETag of {@link current}. */
    readonly tag: string,
  ) {
    super('precondition_failed', message);
  }
}

/** Does a change; when it was made to an older version, the error tells what there is now. */
export async function changeOrShow<T>(
  change: () => Promise<T>,
  current: () => Promise<{ view: unknown; tag: string }>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'precondition_failed') throw error;
    const { view, tag } = await current();
    throw new PreconditionFailed(error.message, view, tag);
  }
}
