import type { Event } from '@studio/contracts';
import * as z from 'zod';
import { CONTEXT_EVENTS, contextOf } from './conversation-context.ts';
import type { ContextTurn } from './conversation-context.ts';

/** Which lines of the conversation a resumption handle stands for. */
export const KnownLines = z.object({
  /** Everything that was said and typed up to this event is known. */
  seq: z.int().nonnegative(),
  /** Keys of later lines that are known too. */
  keys: z.array(z.string()),
});
export type KnownLines = z.infer<typeof KnownLines>;

type Line = Pick<Event, 'key' | 'actor' | 'body'>;

interface Remembered extends Line {
  /** Undefined until it is in the log. */
  seq: number | undefined;
  /** The connection of now knows it. */
  told: boolean;
  /** The newest handle brings it back. */
  kept: boolean;
}

/**
 * The latest lines of the conversation, and which of them Gemini knows: what was said between a handle and the connection that goes on from
 * it, or while there was none, is told exactly once.
 */
export class ConversationMemory {
  private lines: Remembered[] = [];
  private head = 0;

  /** Takes the latest events of the log, in order, and what the handle stands for that is to be used. */
  begin(events: readonly Event[], known: KnownLines | undefined): void {
    for (const event of events) {
      const kept = known !== undefined && (event.seq <= known.seq || known.keys.includes(event.key));
      this.add({ ...event, told: kept, kept });
    }
  }

  /** A line is in the log. `told`: Gemini has just been given it. */
  logged(event: Event, told: boolean): void {
    const line = this.lines.find(({ key }) => key === event.key);
    if (line === undefined) {
      this.add({ ...event, told, kept: false });
      return;
    }
    line.seq = event.seq;
    this.head = Math.max(this.head, event.seq);
  }

  /** Somebody has said something, which is on its way into the log. `told`: Gemini has heard it, or said it. */
  said(line: Line, told: boolean): void {
    this.add({ ...line, seq: undefined, told, kept: false });
  }

  /** A handle has come: what Gemini knows now is what it brings back, but for inputs that it has not dealt with. */
  keep(unanswered: ReadonlySet<string>): KnownLines {
    for (const line of this.lines) line.kept ||= line.told && !unanswered.has(line.key);
    const gap = this.lines.find(({ seq, kept, body }) => seq !== undefined && !kept && isSaid(body));
    const seq = gap?.seq === undefined ? this.head : gap.seq - 1;
    const later = this.lines.filter((line) => line.kept && (line.seq === undefined || line.seq > seq));
    return { seq, keys: later.map(({ key }) => key) };
  }

  /** The connection is gone: the next one knows what the handle brings back. */
  lost(): void {
    for (const line of this.lines) line.told = line.kept;
  }

  /** The connection has been given the inputs that these lines are. */
  given(inputs: ReadonlySet<string>): void {
    for (const line of this.lines) line.told ||= inputs.has(line.key);
  }

  /** What was said and typed that the connection does not know, but for inputs that it is given as such. They count as told. */
  untold(unanswered: ReadonlySet<string>): ContextTurn[] {
    return this.tell((line) => !line.told && !unanswered.has(line.key) && isSaid(line.body));
  }

  /** What a session that knows nothing must know: the latest part of everything, but for inputs that it is given as such. */
  summary(unanswered: ReadonlySet<string>): ContextTurn[] {
    return this.tell((line) => !unanswered.has(line.key));
  }

  private tell(chosen: (line: Remembered) => boolean): ContextTurn[] {
    const lines = this.lines.filter(chosen);
    for (const line of lines) line.told = true;
    return contextOf(lines);
  }

  private add(line: Remembered): void {
    this.lines.push(line);
    if (line.seq !== undefined) this.head = Math.max(this.head, line.seq);
    if (this.lines.length > CONTEXT_EVENTS) this.lines.shift();
  }
}

function isSaid({ type }: Event['body']): boolean {
  return type === 'chat' || type === 'speech';
}
