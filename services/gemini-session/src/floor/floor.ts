import type { Actor, FloorStatus, ParticipantId } from '@studio/contracts';
import type { VoiceOptions } from './microphone.ts';

/** Somebody at one of their microphones. */
export interface Speaker {
  readonly actor: Actor;
  /** The media source of the connection. */
  readonly source: number;
}

/**
 * What the floor wants to be told to Gemini. Starts and ends are paired, whatever happens. Audio lies between them; only that of the policy
 * `mix` is one stream, with what nobody says too.
 */
export type FloorOutput =
  | { readonly type: 'start'; readonly actor: Actor }
  /** PCM, 16-bit little-endian mono, 16 kHz; to be used before the next output is asked for. */
  | { readonly type: 'audio'; readonly pcm: Uint8Array }
  /** `speakers`: everybody who spoke since the start, who spoke most first, where it may be somebody else than who started. */
  | { readonly type: 'end'; readonly speakers?: readonly Actor[] }
  /** The stream of the policy `mix` stops: nobody has an open microphone. */
  | { readonly type: 'pause' };

/** What somebody does about the floor. */
export type FloorMove =
  | { readonly action: 'press'; readonly by: Speaker }
  | { readonly action: 'release'; readonly by: Speaker; readonly grant: number | undefined }
  | { readonly action: 'raise' | 'lower'; readonly by: Actor }
  | { readonly action: 'give'; readonly to: Actor }
  | { readonly action: 'take' };

export const NO_OUTPUT: readonly FloorOutput[] = [];

/**
 * Who is heard by Gemini. Every policy is a pure state machine: time comes from the caller, in milliseconds of any monotonic clock, and what
 * is to be done is in the answer.
 */
export interface Floor {
  /** How often `tick` is to be called, milliseconds. */
  readonly tickMs: number;
  /** Whether somebody is heard: a start was told and no end. */
  readonly speaking: boolean;
  /** Whose camera Gemini sees: the holder's, or that of who spoke last with the policy `mix`. */
  readonly inView: ParticipantId | undefined;
  status(): FloorStatus;
  /** Tells speech from silence in another way, from what is said next on. */
  tune(options: VoiceOptions): void;
  /** A frame of a microphone, PCM of 16 kHz. */
  frame(speaker: Speaker, pcm: Uint8Array, now: number): readonly FloorOutput[];
  move(move: FloorMove, now: number): readonly FloorOutput[];
  /** The microphone was muted, its connection has gone, or it has nothing to send for now. */
  remove(source: number, now: number): readonly FloorOutput[];
  /** Somebody has left the room. */
  leave(id: ParticipantId, now: number): readonly FloorOutput[];
  tick(now: number): Iterable<FloorOutput>;
  /** Ends what is being said: another policy takes over. */
  close(): readonly FloorOutput[];
}

/** Whoever is given the floor by a raised hand or a moderator must begin within this time, milliseconds. */
export const BEGIN_MS = 10_000;
