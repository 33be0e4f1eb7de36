import { DisplayName, MediaState, Role } from '@studio/contracts';
import type { PresentConnection } from '@studio/presence';
import * as z from 'zod';

/** What this service keeps with a connection in the presence store. */
export const ConnectionDetails = z.object({ name: DisplayName, role: Role, media: MediaState });
export type ConnectionDetails = z.infer<typeof ConnectionDetails>;

/** @throws when something else was kept with the connection */
export function detailsOf(connection: PresentConnection): ConnectionDetails {
  return ConnectionDetails.parse(connection.details);
}
