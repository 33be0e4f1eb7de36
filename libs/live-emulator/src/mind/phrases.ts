/** Joins names as a sentence does: "Ana", "Ana and Ben", "Ana, Ben and Cem". */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A duration as a person says it: "2.4 seconds", "3 minutes". */
export function lasting(seconds: number): string {
  if (seconds >= 90) return counted(Math.round(seconds / 60), 'minute');
  return seconds < 10 ? `${seconds.toFixed(1)} seconds` : counted(Math.round(seconds), 'second');
}

export function loudness(dbfs: number): string {
  if (dbfs < -50) return 'almost silent';
  if (dbfs < -36) return 'quiet';
  return dbfs < -14 ? 'at a normal level' : 'loud';
}

export function brightnessOf(brightness: number | null): string {
  if (brightness === null) return 'of a brightness that I could not measure';
  const percent = Math.round(brightness * 100);
  if (percent < 25) return `dark, at ${percent} percent brightness`;
  return percent > 70 ? `bright, at ${percent} percent` : `of medium brightness, ${percent} percent`;
}

/** At most so many characters of a text, cut between words. */
export function shortened(text: string, limit: number): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  if (flat.length <= limit) return flat.replace(/[.!?…]+$/, '');
  return `${flat.slice(0, flat.lastIndexOf(' ', limit) + 1 || limit).trim()} and so on`;
}
