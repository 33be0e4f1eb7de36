import type { Routes } from '@angular/router';
import { keepInvite } from './pre-join/keep-invite.guard.ts';
import { rememberedJoin } from './studio/remembered-join.guard.ts';

const NAME = 'Knowledge Synthesizer Studio';

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: NAME,
    loadComponent: async () => (await import('./rooms/rooms-page.ts')).RoomsPage,
  },
  {
    path: 'rooms/:roomId/join',
    title: `Join · ${NAME}`,
    canActivate: [keepInvite],
    loadComponent: async () => (await import('./pre-join/pre-join-page.ts')).PreJoinPage,
  },
  {
    path: 'rooms/:roomId',
    title: NAME,
    canActivate: [keepInvite, rememberedJoin],
    loadComponent: async () => (await import('./studio/studio-page.ts')).StudioPage,
  },
  {
    path: 'rooms/:roomId/conversation',
    title: `Conversation · ${NAME}`,
    loadComponent: async () => (await import('./reading/reading-page.ts')).ReadingPage,
  },
  {
    path: 'search',
    title: `Search · ${NAME}`,
    loadComponent: async () => (await import('./search/search-page.ts')).SearchPage,
  },
  {
    path: '**',
    title: `Not found · ${NAME}`,
    loadComponent: async () => (await import('./ui/not-found-page.ts')).NotFoundPage,
  },
];
