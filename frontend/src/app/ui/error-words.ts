import { StudioError } from '@studio/contracts';

/** A sentence for a person about anything that was thrown. */
export function errorWords(error: unknown): string {
  return StudioError.from(error).message;
}
