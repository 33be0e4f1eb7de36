import { StudioError } from '@studio/contracts';

/** Somebody else was faster: the change was made to an older version than the one that is there now. */
export class StaleVersionError<T> extends StudioError {
  /** What is there now, in the form that the change would have been answered with. */
  readonly current: T;

  constructor(message: string, current: T) {
    super('precondition_failed', message);
    this.current = current;
  }
}
