import type { Backend } from '../models/backend.ts';

/** A stretch of speech that a session heard. */
export interface HeardActivity {
  /** Emulated time, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
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

/** A picture that a session was sent. */
export interface ReceivedPicture {
  readonly at: number;
  readonly width: number;
  readonly height: number;
}

/** An answer to a function call. */
export interface ReceivedToolResponse {
  readonly at: number;
  readonly id: string | null;
  readonly name: string | null;
  readonly response: Readonly<Record<string, unknown>>;
  /** Whether the model still waited for it. */
  readonly taken: boolean;
}

/** What the model did in one turn. */
export interface ReportedTurn {
  /** When it was complete. */
  readonly at: number;
  /** What was sent of its answer. */
  readonly text: string;
  readonly spokenSeconds: number;
  readonly totalTokens: number;
  readonly interrupted: boolean;
}

/** What one connection was sent and did; of each list, the latest. */
export interface ConnectionReport {
  /** The handle is cut short. */
  readonly setup: unknown;
  /** Whether it went on from a handle. */
  readonly resumed: boolean;
  readonly openedAt: number;
  /** Null as long as it is open. */
  readonly closedAt: number | null;
  readonly closed: { readonly code: number; readonly reason: string } | null;
  /** Audio that came in, silence included. */
  readonly receivedAudioSeconds: number;
  /** When the first and the latest of it came. */
  readonly firstAudioAt: number | null;
  readonly lastAudioAt: number | null;
  readonly audioFrames: number;
  readonly activities: readonly HeardActivity[];
  readonly pictures: readonly ReceivedPicture[];
  /** Pictures beyond one a second. */
  readonly picturesOverRate: number;
  readonly texts: readonly ReceivedText[];
  readonly toolResponses: readonly ReceivedToolResponse[];
  readonly turns: readonly ReportedTurn[];
  readonly receivedFrames: number;
  readonly sentFrames: number;
}

/** What one logical session, over all its connections, was sent and did. */
export interface SessionReport {
  readonly sessionId: string;
  readonly backend: Backend;
  readonly model: string;
  readonly startedAt: number;
  /** The latest last. */
  readonly connections: readonly ConnectionReport[];
  readonly openConnections: number;
  /** One for each connection. */
  readonly setups: readonly unknown[];
  readonly receivedAudioSeconds: number;
  readonly heardSpeechSeconds: number;
  readonly activities: readonly HeardActivity[];
  readonly pictures: number;
  readonly picturesOverRate: number;
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
