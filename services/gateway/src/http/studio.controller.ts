import { Controller, Get } from '@nestjs/common';
import type { StudioView } from '@studio/contracts';
import { LiveInfoSource } from '../room/live-info.ts';

/** What the studio says about itself before anybody signs in, apart from its Live configuration. */
export class StudioFacts {
  constructor(
    readonly version: string,
    readonly guests: boolean,
  ) {}
}

@Controller('api/studio')
export class StudioController {
  constructor(
    private readonly facts: StudioFacts,
    private readonly liveInfo: LiveInfoSource,
  ) {}

  @Get()
  async view(): Promise<StudioView> {
    const { version, guests } = this.facts;
    return { version, guests, live: await this.liveInfo.get() };
  }
}
