import type { IncomingMessage } from 'node:http';
import { Injectable, createParamDecorator } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { StudioError } from '@studio/contracts';
import type { User } from '@studio/contracts';
import { Sessions } from '../identity/session.ts';

/** Who made a request, as {@link SignedIn} has found out. */
const users = new WeakMap<IncomingMessage, User>();

/** Lets only requests with a session through. */
@Injectable()
export class SignedIn implements CanActivate {
  constructor(private readonly sessions: Sessions) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<IncomingMessage>();
    const user = await this.sessions.user(request.headers.cookie);
    if (!user) throw new StudioError('unauthenticated', 'Sign in first.');
    users.set(request, user);
    return true;
  }
}

/** The person who made the request; only behind {@link SignedIn}. */
export const CurrentUser = createParamDecorator((_: unknown, context: ExecutionContext): User => {
  const user = users.get(context.switchToHttp().getRequest<IncomingMessage>());
  if (!user) throw new Error('CurrentUser needs the guard SignedIn');
  return user;
});
