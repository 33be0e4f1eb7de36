import type { Routes } from '@angular/router';
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
    loadComponent: async () => (await import('./pre-join/pre-join-page.ts')).PreJoinPage,
  },
  {
    path: 'rooms/:roomId',
    title: NAME,
    canActivate: [rememberedJoin],
    loadComponent: async () => (await import('./studio/studio-page.ts')).StudioPage,
  },
  {
    path: '**',
    title: `Not found · ${NAME}`,
    loadComponent: async () => (await import('./ui/not-found-page.ts')).NotFoundPage,
  },
];
