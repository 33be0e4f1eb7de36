import type { RoomId } from '@studio/contracts';
import type { ObjectSummary } from '@studio/object-store';
import * as z from 'zod';

const DIGITS = 12;
const NAME = new RegExp(`/(\\d{${DIGITS}})-(\\d{${DIGITS}})\\.ndjson$`);

/** A piece of a room's conversation in the archive: the events `first` to `last`. What stands under its name never changes. */
export interface Segment {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Times of its first and of its last event, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

const Times = z.object({ from: z.coerce.number().int(), to: z.coerce.number().int() });

/** What the names of all segments of a room begin with. */
export function segmentPrefix(roomId: RoomId): string {
  return `archive/${roomId}/`;
}

/** Names sort as the segments do. */
export function segmentName(roomId: RoomId, first: number, last: number): string {
  const [from, to] = [first, last].map((seq) => String(seq).padStart(DIGITS, '0'));
  return `${segmentPrefix(roomId)}${from}-${to}.ndjson`;
}

export function segmentMetadata({ from, to }: Pick<Segment, 'from' | 'to'>): Record<string, string> {
  return { from: String(from), to: String(to) };
}

/** The segment of a listed object, or undefined when the object is something else. */
export function segmentOf({ name, metadata }: ObjectSummary): Segment | undefined {
  const [, first, last] = NAME.exec(name) ?? [];
  const times = Times.safeParse(metadata).data;
  if (times === undefined || Number(first) < 1 || !(Number(last) >= Number(first))) return undefined;
  return { name, first: Number(first), last: Number(last), ...times };
}
