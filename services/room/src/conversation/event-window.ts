import { StudioError } from '@studio/contracts';
import type { RpcRequest } from '@studio/contracts';
import type { LogEntry } from '@studio/event-log';

/** Bytes of one page. An answer must fit into a bus message (1 MiB on a NATS server with its default settings). */
const PAGE_BYTES = 512 * 1024;

/** Which entries a request for events asks for. `keep`: the side that stays when they are too many bytes for one page. */
export interface EventWindow {
  after: number;
  limit: number;
  keep: 'first' | 'last';
}

/** The entries that a request means in a log whose newest entry is `head`. @throws StudioError invalid */
export function eventWindow(
  { after, before, limit }: Omit<RpcRequest<'room.events'>, 'roomId'>,
  head: number,
): EventWindow {
  if (after !== undefined && before !== undefined)
    throw new StudioError('invalid', 'Ask for the events after one, or for those before one, not for both.');
  if (after !== undefined) return { after, limit, keep: 'first' };
  const end = Math.min(head, (before ?? Infinity) - 1);
  const start = Math.max(0, end - limit);
  return { after: start, limit: end - start, keep: 'last' };
}

/** As many entries as fit into one page, from the side to keep; at least one when there is one. */
export function fitPage(entries: readonly LogEntry[], keep: EventWindow['keep']): LogEntry[] {
  const ordered = keep === 'first' ? entries : entries.toReversed();
  let bytes = 0;
  const tooMany = ordered.findIndex((entry, index) => {
    bytes += entry.data.byteLength;
    return index > 0 && bytes > PAGE_BYTES;
  });
  const kept = tooMany === -1 ? ordered : ordered.slice(0, tooMany);
  return keep === 'first' ? [...kept] : kept.toReversed();
}
