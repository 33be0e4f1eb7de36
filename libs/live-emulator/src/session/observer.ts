import type { Activity } from '../input/activity.ts';
import type { Pcm } from '../input/pcm.ts';
import type { FunctionResponse } from './client-message.ts';

/** Told about everything that a session takes in and does, so that it can be inspected. */
export interface SessionObserver {
  audio(pcm: Pcm): void;
  picture(width: number, height: number): void;
  text(via: 'clientContent' | 'realtimeInput', role: 'user' | 'model', text: string): void;
  /** `taken`: somebody waited for it still. */
  toolResponse(response: FunctionResponse, taken: boolean): void;
  /** `agoMs`: how long ago it began. */
  activity(activity: Activity, agoMs: number): void;
  turn(turn: {
    readonly text: string;
    readonly spokenSeconds: number;
    readonly totalTokens: number;
    readonly interrupted: boolean;
  }): void;
}
