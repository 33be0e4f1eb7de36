import type { FloorPolicy, VoiceActivitySettings } from '@studio/contracts';
import type { Floor } from './floor.ts';
import type { Grants } from './grants.ts';
import type { VoiceOptions } from './microphone.ts';
import { MixFloor } from './mix-floor.ts';
import { OpenFloor } from './open-floor.ts';
import { PushToTalkFloor } from './push-to-talk-floor.ts';

/** Less would take a click for speech, milliseconds. */
const LEAST_ONSET_MS = 40;
const SENSITIVITY = { default: 'medium', high: 'high', low: 'low' } as const;

/** How speech is told from silence in a room's microphones. */
export function voiceOptions(settings: VoiceActivitySettings): VoiceOptions {
  return {
    onsetMs: Math.max(LEAST_ONSET_MS, settings.prefixPaddingMs),
    sensitivity: SENSITIVITY[settings.startSensitivity],
    endSensitivity: SENSITIVITY[settings.endSensitivity],
    releaseMs: settings.silenceMs,
  };
}

export function createFloor(policy: FloorPolicy, settings: VoiceActivitySettings, grants: Grants): Floor {
  const options = voiceOptions(settings);
  switch (policy) {
    case 'push-to-talk':
      return new PushToTalkFloor(options, grants);
    case 'open':
      return new OpenFloor(options, grants);
    case 'mix':
      return new MixFloor(options, grants);
  }
}
