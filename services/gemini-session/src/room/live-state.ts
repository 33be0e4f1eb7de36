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
