import { inject } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { Router } from '@angular/router';
import { KeptInvites } from './kept-invites.ts';

/** Takes the invite out of the address, where it would be seen, bookmarked and passed on. */
export const keepInvite: CanActivateFn = (route, { url }) => {
  const { invite } = route.queryParams as { invite?: unknown };
  if (invite === undefined) return true;
  if (typeof invite === 'string') inject(KeptInvites).keep(route.paramMap.get('roomId') ?? '', invite);
  const without = inject(Router).parseUrl(url);
  without.queryParams = Object.fromEntries(
    Object.entries(without.queryParams).filter(([name]) => name !== 'invite'),
  );
  return without;
};
