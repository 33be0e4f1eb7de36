import { ApiError } from '@google-cloud/storage';
import { StoreUnavailableError } from '../object-store.ts';

const NOT_FOUND = 404;
const PRECONDITION_FAILED = 412;

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === NOT_FOUND;
}

export function isPreconditionFailed(error: unknown): boolean {
  return error instanceof ApiError && error.code === PRECONDITION_FAILED;
}

/** What everything else becomes: a refusal for good as well, because nobody but the operator can do anything about it. */
export function toUnavailable(error: unknown): StoreUnavailableError {
  const why = error instanceof Error ? error.message : String(error);
  return new StoreUnavailableError(`Cloud Storage: ${why}`, { cause: error });
}
