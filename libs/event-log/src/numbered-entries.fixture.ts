import type { EventLog, LogEntry } from './event-log.ts';

export const encode = (text: string) => new TextEncoder().encode(text);
export const textOf = (entry: LogEntry) => new TextDecoder().decode(entry.data);
export const seqsOf = (entries: readonly LogEntry[]) => entries.map(({ seq }) => seq);
export const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Appends `entry 1`, `entry 2` and so on, with the keys `key-1`, `key-2`. */
export async function fill(log: EventLog, name: string, count: number, after = 0): Promise<void> {
  for (let head = after; head < after + count; head += 1)
    await log.append(name, head, `key-${head + 1}`, encode(`entry ${head + 1}`));
}
