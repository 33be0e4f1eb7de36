import * as z from 'zod';
import { ParticipantId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { Role, may } from './permissions.ts';

/** A name as people see it: trimmed, one line, 1 to 80 characters, no control characters. */
export const DisplayName = z
  .string()
  .trim()
  .min(1, 'a name is needed')
  .max(LIMITS.nameCharacters, `at most ${LIMITS.nameCharacters} characters`)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'a name is one line of text');

/** Who did something: kept with every event. */
export const Actor = z.object({
  id: ParticipantId,
  name: DisplayName,
  kind: z.enum(['person', 'ai']),
});
export type Actor = z.infer<typeof Actor>;

/** What a participant sends at the moment. */
export const MediaState = z.object({ microphone: z.boolean(), camera: z.boolean(), screen: z.boolean() });
export type MediaState = z.infer<typeof MediaState>;

/** Of what somebody sends, that which their role may. */
export function allowedMedia(role: Role, { microphone, camera, screen }: MediaState): MediaState {
  return {
    microphone: microphone && may(role, 'microphone.send'),
    camera: camera && may(role, 'camera.send'),
    screen: screen && may(role, 'screen.send'),
  };
}

/** A person in a room as the others see them; several connections of one person are one participant. */
export const Participant = Actor.extend({
  role: Role,
  state: z.enum(['present', 'away']),
  media: MediaState,
  /** Media source numbers of this participant's connections; they stand in the header of media frames. */
  sources: z.array(z.int().positive()),
});
export type Participant = z.infer<typeof Participant>;
