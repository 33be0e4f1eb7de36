import type { Actor, EventBody } from '@studio/contracts';
import type { ConversationMemory } from '../live/conversation-memory.ts';
import type { LineAppender } from '../transcript/line-appender.ts';
import { GEMINI } from './people.ts';
import type { RoomSignals } from './room-signals.ts';

/** Most that an event names. */
const MOST_SPEAKERS = 50;

type Speech = Extract<EventBody, { type: 'speech' }>;

export interface SpokenLinesParts {
  signals: RoomSignals;
  lines: Pick<LineAppender, 'append'>;
  memory: ConversationMemory;
  /** Whether there is a connection that has heard it. */
  told: () => boolean;
}

/** Turns that are over become lines of the conversation; one without words leaves none. */
export class SpokenLines {
  private readonly parts: SpokenLinesParts;

  constructor(parts: SpokenLinesParts) {
    this.parts = parts;
  }

  /** `speakers`: all of several who spoke, who spoke most first. */
  ofPeople(key: string, actor: Actor, text: string, speakers: readonly Actor[]): void {
    const several = speakers.length > 1 ? { speakers: speakers.slice(0, MOST_SPEAKERS) } : {};
    this.append(key, actor, { type: 'speech', text, interrupted: false, ...several });
  }

  ofGemini(
    key: string,
    text: string,
    interrupted: boolean,
    sources: readonly NonNullable<Speech['sources']>[number][],
  ): void {
    const founded = sources.length > 0 ? { sources: [...sources] } : {};
    this.append(key, GEMINI, { type: 'speech', text, interrupted, ...founded });
  }

  private append(key: string, actor: Actor, body: Speech): void {
    const { signals, lines, memory, told } = this.parts;
    if (body.text === '') {
      signals.dropped(key);
      return;
    }
    signals.forgetTranscript(key);
    const line = { key, actor, body };
    lines.append(line);
    memory.said(line, told());
  }
}
