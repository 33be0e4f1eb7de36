/** The lines of a text, whatever ends them; the separators of Unicode too. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/);
}

/** A moment in UTC: the day, and the time to the second. */
export function momentOf(at: number): { day: string; time: string } {
  const iso = new Date(at).toISOString();
  const split = iso.indexOf('T');
  return { day: iso.slice(0, split), time: iso.slice(split + 1, split + 9) };
}
