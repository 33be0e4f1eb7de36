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

/** Whether to try again: the service says so, or there was no answer of it at all. */
export function isTransient(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? Number(error.code) : NaN;
  return Number.isNaN(code) || code === 408 || code === 429 || code >= 500;
}

/** What everything else becomes: a refusal for good as well, because nobody but the operator can do anything about it. */
export function toUnavailable(error: unknown): StoreUnavailableError {
  const why = error instanceof Error ? error.message : String(error);
  return new StoreUnavailableError(`Cloud Storage: ${why}`, { cause: error });
}
