import { LIVE_MODELS } from '@studio/contracts';
import type { LiveModel } from '@studio/contracts';
import type { Backend } from './backend.ts';

export type TurnCoverage =
  'TURN_INCLUDES_ONLY_ACTIVITY' | 'TURN_INCLUDES_ALL_INPUT' | 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO';

/** What one Live model takes, as the contracts have it, and how it behaves on the wire. */
export interface ModelProfile extends LiveModel {
  /** Puts several payloads (voice and transcription) into one message, as every 3.x model does. */
  readonly bundlesEvents: boolean;
  /** Whether client content that does not end the turn interrupts an answer too. */
  readonly interruptedByAnyContent: boolean;
  /** Whether any new input cancels the blocking calls that it waits for, even where nothing may interrupt. */
  readonly inputCancelsBlockingCalls: boolean;
  /** Speaks in several turns while it goes on thinking, and says with each whether more will come. */
  readonly tellsInteractionStatus: boolean;
  /** What belongs to a turn where the setup does not say it. */
  readonly turnCoverage: TurnCoverage;
}

const PROFILES: readonly ModelProfile[] = LIVE_MODELS.map(profileFrom);

function profileFrom(model: LiveModel): ModelProfile {
  const generation = Number(/^gemini-(?:live-)?(\d+\.\d+)/.exec(model.id)?.[1]);
  const is3x = generation >= 3;
  return {
    ...model,
    bundlesEvents: is3x,
    interruptedByAnyContent: !is3x,
    inputCancelsBlockingCalls: generation >= 3.8,
    tellsInteractionStatus: model.functionCalls === 'async-only',
    turnCoverage: is3x ? 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO' : 'TURN_INCLUDES_ONLY_ACTIVITY',
  };
}

export function profileOf(id: string, backend: Backend): ModelProfile | undefined {
  return PROFILES.find((profile) => profile.id === id && profile.services.includes(backend));
}
