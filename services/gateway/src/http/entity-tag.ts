import { StudioError } from '@studio/contracts';

/** The ETag of a version (RFC 9110, 8.8.3). */
export function strongTag(version: string): string {
  return `"${version}"`;
}

/**
 * The version that an `If-Match` asks for; undefined when any will do.
 * @throws StudioError invalid when it is not one strong tag, or `*`
 */
export function versionOf(ifMatch: string | undefined): string | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = /^\s*"([\x21\x23-\x7e]+)"\s*$/.exec(ifMatch)?.[1];
  if (version === undefined)
    throw new StudioError('invalid', 'If-Match must be the ETag of the settings, or *.');
  return version;
}
