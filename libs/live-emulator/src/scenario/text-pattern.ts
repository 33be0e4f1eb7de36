const REGULAR = /^\/(.+)\/([imsu]*)$/s;

/**
 * What a scenario looks for in a text: these words whatever the case, or the regular expression between slashes.
 * Null when that is none.
 */
export function patternOf(written: string): RegExp | null {
  const [, source, flags] = REGULAR.exec(written) ?? [];
  if (source === undefined) return new RegExp(written.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`), 'i');
  try {
    return new RegExp(source, flags);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
