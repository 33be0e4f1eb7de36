import type { IncomingMessage, ServerResponse } from 'node:http';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type * as z from 'zod';
import { SessionView, SignInBody, SignedInView, StudioError, newId } from '@studio/contracts';
import { Sessions } from '../identity/session.ts';
import { RequestOrigin } from './request-origin.ts';
import { StudioFacts } from './studio.controller.ts';
import { ZodPipe } from './zod.pipe.ts';

@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly origin: RequestOrigin,
    private readonly facts: StudioFacts,
  ) {}

  /** Signs in as a guest. Somebody who is signed in keeps the identity and takes the new name. */
  @Post()
  @HttpCode(200)
  async signIn(
    @Body(new ZodPipe(SignInBody)) body: z.output<typeof SignInBody>,
    @Req() request: IncomingMessage,
    @Res({ passthrough: true }) response: ServerResponse,
  ): Promise<z.output<typeof SignedInView>> {
    if (!this.facts.guests) throw new StudioError('forbidden', 'This studio does not admit guests.');
    const known = await this.sessions.user(request.headers.cookie);
    const user = { id: known?.id ?? newId(), name: body.name };
    response.setHeader('set-cookie', await this.sessions.begin(user, this.origin.secure(request)));
    return { user };
  }

  @Get()
  async view(@Req() request: IncomingMessage): Promise<z.output<typeof SessionView>> {
    return { user: (await this.sessions.user(request.headers.cookie)) ?? null };
  }

  @Delete()
  @HttpCode(204)
  signOut(@Req() request: IncomingMessage, @Res({ passthrough: true }) response: ServerResponse): void {
    response.setHeader('set-cookie', this.sessions.end(this.origin.secure(request)));
  }
}
