import { StudioError } from '@studio/contracts';
import type { RpcRequest } from '@studio/contracts';
import type { Line } from '../archive/segment-lines.ts';

/** Bytes of one page. An answer must fit into a bus message (1 MiB on a NATS server with its default settings). */
const PAGE_BYTES = 512 * 1024;

/** Which events a request for events asks for. `keep`: the side that stays when they are too many bytes for one page. */
export interface EventWindow {
  after: number;
  limit: number;
  keep: 'first' | 'last';
}

/** The events that a request means where those from `first` to `head` are kept. @throws StudioError invalid */
export function eventWindow(
  { after, before, limit }: Omit<RpcRequest<'room.events'>, 'roomId'>,
  { first, head }: { first: number; head: number },
): EventWindow {
  if (after !== undefined && before !== undefined)
    throw new StudioError('invalid', 'Ask for the events after one, or for those before one, not for both.');
  if (after !== undefined) return { after: Math.max(after, first - 1), limit, keep: 'first' };
  const end = Math.min(head, (before ?? Infinity) - 1);
  const start = Math.max(first - 1, end - limit);
  return { after: start, limit: Math.max(0, end - start), keep: 'last' };
}

/** As many lines as fit into one page, from the side to keep; at least one when there is one. */
export function fitPage(lines: readonly Line[], keep: EventWindow['keep']): Line[] {
  const ordered = keep === 'first' ? lines : lines.toReversed();
  let bytes = 0;
  const tooMany = ordered.findIndex((line, index) => {
    bytes += line.data.byteLength;
    return index > 0 && bytes > PAGE_BYTES;
  });
  const kept = tooMany === -1 ? ordered : ordered.slice(0, tooMany);
  return keep === 'first' ? [...kept] : kept.toReversed();
}
