import type { Backend } from '../models/backend.ts';

/** A stretch of speech that a session heard. */
export interface HeardActivity {
  /** Emulated time, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly seconds: number;
  readonly dbfs: number;
}

/** A text that a session was sent. */
export interface ReceivedText {
  readonly at: number;
  readonly via: 'clientContent' | 'realtimeInput';
  readonly role: 'user' | 'model';
  readonly text: string;
}

/** What one logical session, over all its connections, was sent and did. */
export interface SessionReport {
  readonly sessionId: string;
  readonly backend: Backend;
  readonly model: string;
  readonly startedAt: number;
  /** One for each connection, the latest last; resumption handles are cut short. */
  readonly setups: readonly unknown[];
  readonly openConnections: number;
  /** Audio that came in, silence included. */
  readonly receivedAudioSeconds: number;
  readonly heardSpeechSeconds: number;
  readonly activities: readonly HeardActivity[];
  readonly pictures: number;
  readonly texts: readonly ReceivedText[];
  readonly toolResponses: number;
  readonly turns: number;
  readonly interruptions: number;
  readonly spokenSeconds: number;
  readonly receivedFrames: number;
  readonly sentFrames: number;
}

/** One line of the emulator's log. Never holds a credential, a handle or what was said. */
export type EmulatorEvent = { readonly at: number } & (
  | { readonly event: 'refused'; readonly status: number; readonly reason: string }
  | { readonly event: 'failed'; readonly reason: string }
  | {
      readonly event: 'setup';
      readonly sessionId: string;
      readonly backend: Backend;
      readonly model: string;
      readonly connection: number;
    }
  | {
      readonly event: 'activity';
      readonly sessionId: string;
      readonly startedAt: number;
      readonly speechSeconds: number;
      readonly dbfs: number;
    }
  | { readonly event: 'picture'; readonly sessionId: string; readonly width: number; readonly height: number }
  | { readonly event: 'text'; readonly sessionId: string; readonly via: string; readonly characters: number }
  | {
      readonly event: 'turn';
      readonly sessionId: string;
      readonly spokenSeconds: number;
      readonly totalTokens: number;
      readonly interrupted: boolean;
    }
  | {
      readonly event: 'closed';
      readonly sessionId: string | null;
      readonly code: number;
      readonly reason: string;
      readonly fault?: string;
    }
);
