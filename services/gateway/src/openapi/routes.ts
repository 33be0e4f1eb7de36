import { CONVERSATION_ROUTES } from './conversation-routes.ts';
import { ROOM_ROUTES } from './room-routes.ts';
import type { Route } from './route.ts';
import { STUDIO_ROUTES } from './studio-routes.ts';

/** Every route of the gateway's HTTP API. A spec compares it with the controllers. */
export const ROUTES: readonly Route[] = [...STUDIO_ROUTES, ...ROOM_ROUTES, ...CONVERSATION_ROUTES];
