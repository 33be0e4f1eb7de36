import type { Event, RoomId } from '@studio/contracts';
import type { EventLog } from '@studio/event-log';
import { encodeEvent } from '../conversation/event-data.ts';

const WORDS =
  'we could look at the numbers of this quarter again and then decide what Größe fits best for them'.split(
    ' ',
  );
const START = 1_790_000_000_000;

/** What is said nowhere else than in this one line: long ago. */
export const RARE = { seq: 17, word: 'Zugspitze' };
/** What every line says, and what none says. */
export const FREQUENT = 'numbers';
export const NOWHERE = 'unobtainium';

/** A line of a conversation among some people and Gemini, 150 to 600 bytes in all. */
export function lineOf(seq: number): Event {
  const length = 12 + ((seq * 7) % 60);
  const words = Array.from({ length }, (_, index) => WORDS[(seq + index * 3) % WORDS.length]).join(' ');
  const text = `${FREQUENT} ${words}${seq === RARE.seq ? ` ${RARE.word}` : ''}`;
  return {
    seq,
    at: START + seq * 1_000,
    key: `key-of-line-${seq}`,
    actor: { id: 'gemini', name: 'Gemini', kind: 'ai' },
    body: seq % 3 === 0 ? { type: 'speech', text, interrupted: false } : { type: 'chat', text },
  };
}

/** Fills a log with so many lines, of which `atOnce` are under way at the same time: where the engine takes them in the order of the calls. */
export async function fillLog(log: EventLog, roomId: RoomId, lines: number, atOnce: number): Promise<void> {
  for (let head = 0; head < lines;) {
    const count = Math.min(atOnce, lines - head);
    const some = Array.from({ length: count }, (_, index) => lineOf(head + index + 1));
    await Promise.all(some.map((event) => log.append(roomId, event.seq - 1, event.key, encodeEvent(event))));
    head += count;
  }
}
