import { VOICES } from '@studio/contracts';
import type { VoiceName } from '@studio/contracts';

export const DEFAULT_VOICE: VoiceName = 'Puck';

export function isVoice(name: string): name is VoiceName {
  return VOICES.some((voice) => voice === name);
}
