import type { Activity } from '../input/activity.ts';

/** Told about everything that a session takes in and does, so that it can be inspected. */
export interface SessionObserver {
  audio(seconds: number): void;
  picture(width: number, height: number): void;
  text(via: 'clientContent' | 'realtimeInput', role: 'user' | 'model', text: string): void;
  toolResponses(count: number): void;
  /** `agoMs`: how long ago it began. */
  activity(activity: Activity, agoMs: number): void;
  turn(turn: {
    readonly spokenSeconds: number;
    readonly totalTokens: number;
    readonly interrupted: boolean;
  }): void;
}
