import type { Logger } from '@studio/platform';
import type { Clock } from '../clock.ts';
import type { ContextTurn } from './conversation-context.ts';
import type { Handle } from './handle-trust.ts';
import type { LiveConnection, LiveListener } from './live-connection.ts';
import type { ServerEvent } from './server-event.ts';
import type { LinkState } from './session-state.ts';

/** What a connection is made with; `handle` undefined begins a new session. */
export interface LiveTarget {
  model: string;
  handle: string | undefined;
}

export interface LiveSessionOptions {
  /** Gives up when `signal` is aborted. */
  connect(to: LiveTarget, listener: LiveListener, signal: AbortSignal): Promise<LiveConnection>;
  /** The model of the next connection. */
  model(): string;
  /** What the connection must know first: of a resumed session what it has missed, otherwise all. */
  context(resumed: boolean): readonly ContextTurn[];
  /** A handle with which another process could go on from here. */
  onHandle(handle: Handle): void;
  /** The connection is ready: what Gemini has not answered yet may be sent. */
  onReady(connection: LiveConnection): void;
  onEvent(event: ServerEvent): void;
  /** The connection is gone; `blamed`: what Gemini was given may be the reason. */
  onLost(blamed: boolean): void;
  onLink(link: LinkState, reason: string | null): void;
  /** The memory of the former session was lost, and what people should know about it. */
  onNewMemory(text: string): void;
  /** In plain words, why there must be no connection now; undefined when there may be one. */
  hold(): string | undefined;
  /** Nobody speaks and nothing is being answered: a good moment to change the connection. */
  settled(): boolean;
  /** Age of a connection at which it is changed before the service cuts it. */
  rotateAfterMs: number;
  refusedRetryMs: number;
  clock: Clock;
  logger: Logger;
}
