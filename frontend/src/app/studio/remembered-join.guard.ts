import { inject } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { Router } from '@angular/router';
import { SessionStore } from '../session/session-store.ts';
import { RememberedJoins } from './join-choices.ts';

/** Lets in who is signed in and joined this room in this tab before; the others are asked first how they want to join. */
export const rememberedJoin: CanActivateFn = (route) => {
  const roomId = route.paramMap.get('roomId') ?? '';
  if (inject(SessionStore).signedIn() && inject(RememberedJoins).get(roomId)) return true;
  return inject(Router).createUrlTree(['/rooms', roomId, 'join'], { queryParams: route.queryParams });
};
