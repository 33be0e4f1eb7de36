import { join } from 'node:path';

/** Longest file name that is made, in characters; file systems allow 255 bytes. */
const PIECE = 200;

/**
 * What a directory stands for is told by the last character of its name: `=` a part that others follow, `@` a whole object name,
 * `+` the beginning of a part that is too long for one directory.
 */
export const MARK = { part: '=', object: '@', piece: '+' } as const;

/** The directory of an object below the store's root. No two names share one, also where file names know no case. */
export function objectPath(name: string): string {
  const parts = name.split('/');
  return join(
    ...parts.map((part, index) => partPath(part, index === parts.length - 1 ? MARK.object : MARK.part)),
  );
}

/** The directory that holds every name with this prefix, which may end within a part. */
export function prefixPath(prefix: string): string {
  const parts = prefix.split('/').slice(0, -1);
  return join('.', ...parts.map((part) => partPath(part, MARK.part)));
}

function partPath(part: string, mark: string): string {
  const pieces = escape(part).match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [''];
  return join(...pieces.map((piece, index) => piece + (index === pieces.length - 1 ? mark : MARK.piece)));
}

/** All but lower-case letters, digits, `_` and `-` become `%xx`, one for each byte of UTF-8. */
function escape(part: string): string {
  return Array.from(Buffer.from(part), (byte) => {
    const character = String.fromCharCode(byte);
    return /[a-z0-9_-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

/** The part that was escaped so. */
export function unescape(escaped: string): string {
  return decodeURIComponent(escaped);
}
