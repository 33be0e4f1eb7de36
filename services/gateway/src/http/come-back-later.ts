import { StudioError } from '@studio/contracts';

/** Refused only for now: the answer says in `Retry-After` when it is worth another try. */
export class ComeBackLater extends StudioError {
  constructor(
    code: 'rate_limited' | 'unavailable',
    message: string,
    /** Whole seconds. */
    readonly afterSeconds: number,
  ) {
    super(code, message);
  }
}
