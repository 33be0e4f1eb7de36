import type { StudioApi } from '@studio/client';
import { Event } from '@studio/contracts';
import type { RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import type { Entry } from './check-room.ts';
import type { Storage } from './storage.ts';

const PAGE = 500;

/** The whole conversation of a room as a person reads it, oldest first. */
export async function conversationOf(api: StudioApi, roomId: RoomId): Promise<Entry[]> {
  const pages: Entry[][] = [];
  let before: number | undefined;
  do {
    const page = await api.history(roomId, { limit: PAGE, ...(before !== undefined && { before }) });
    pages.unshift(page.events.map(({ seq, key }) => ({ seq, key })));
    before = page.events[0]?.seq;
  } while (before !== undefined && before > 1);
  return pages.flat();
}

/** What the event log itself has of a room. */
export async function logOf(log: EventLog, roomId: RoomId): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (;;) {
    const page = await log.read(roomId, entries.at(-1)?.seq ?? 0, PAGE);
    if (page.length === 0) return entries;
    entries.push(...page.map(({ seq, key }) => ({ seq, key })));
  }
}

/** What the archive has of a room. */
export async function archiveOf(storage: Pick<Storage, 'open'>, roomId: RoomId): Promise<Entry[]> {
  const store = await storage.open();
  try {
    const entries: Entry[] = [];
    let after: string | undefined;
    do {
      const page = await store.list(`archive/${roomId}/`, {
        limit: 500,
        ...(after !== undefined && { after }),
      });
      for (const { name } of page.objects) {
        const object = await store.get(name);
        const lines = Buffer.from(object?.data ?? [])
          .toString()
          .split('\n');
        for (const line of lines.filter(Boolean)) {
          const { seq, key } = Event.parse(JSON.parse(line));
          entries.push({ seq, key });
        }
      }
      after = page.next;
    } while (after !== undefined);
    return entries;
  } finally {
    await store.close();
  }
}
