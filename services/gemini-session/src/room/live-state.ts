import type { LiveState } from '@studio/contracts';
import type { LinkState } from '../live/session-state.ts';

/** A change of the connection that takes no longer than this is nobody's concern. */
const UNNOTICED_MS = 2_000;

export interface LiveSituation {
  link: LinkState;
  /** How long the link has been like this. */
  linkMs: number;
  /** People hear Gemini. */
  speaking: boolean;
  /** An answer is awaited. */
  thinking: boolean;
}

/** What people are told that Gemini does. */
export function liveState({ link, linkMs, speaking, thinking }: LiveSituation): LiveState {
  if (link === 'idle' || link === 'unavailable') return link;
  if (speaking) return 'speaking';
  if (link === 'connecting' || (link === 'reconnecting' && linkMs > UNNOTICED_MS)) return 'connecting';
  return thinking ? 'thinking' : 'listening';
}

/** How it stands with the connection. */
export class Link {
  private state: LinkState = 'idle';
  private since = 0;
  private why: string | null = null;

  /** In plain words, why Gemini is unavailable; null otherwise. */
  get reason(): string | null {
    return this.why;
  }

  get unavailable(): boolean {
    return this.state === 'unavailable';
  }

  change(state: LinkState, reason: string | null, now: number): void {
    if (state !== this.state) this.since = now;
    this.state = state;
    this.why = reason;
  }

  /** What people are told that Gemini does, as far as the connection lets it. */
  shown({ speaking, thinking }: Pick<LiveSituation, 'speaking' | 'thinking'>, now: number): LiveState {
    return liveState({ link: this.state, linkMs: now - this.since, speaking, thinking });
  }
}
