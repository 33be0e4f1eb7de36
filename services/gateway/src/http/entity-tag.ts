import { StudioError } from '@studio/contracts';
import type { RoomView } from '@studio/contracts';

/** Between the version of a room and what else its view depends on. */
const SEPARATOR = ';';

/** The ETag of a version (RFC 9110, 8.8.3). */
export function strongTag(version: string): string {
  return `"${version}"`;
}

/** The ETag of a room as one person sees it: the same room looks different to somebody who has got another role. */
export function viewTag({ version, role, entry }: Pick<RoomView, 'version' | 'role' | 'entry'>): string {
  return strongTag([version, role ?? 'stranger', entry].join(SEPARATOR));
}

/**
 * The version that an `If-Match` asks for; undefined when any will do.
 * @throws StudioError invalid when it is not one strong tag, or `*`
 */
export function versionOf(ifMatch: string | undefined): string | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const version = /^\s*"([\x21\x23-\x3a\x3c-\x7e]+)(;[\x21\x23-\x7e]*)?"\s*$/.exec(ifMatch)?.[1];
  if (version === undefined)
    throw new StudioError('invalid', 'If-Match must be the ETag of what is to be changed, or *.');
  return version;
}

/** Whether an `If-None-Match` names this tag: who asks has it already (RFC 9110, 13.1.2). */
export function hasAlready(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return Array.from(ifNoneMatch.matchAll(/"[^"]*"/g), ([named]) => named).includes(tag);
}
