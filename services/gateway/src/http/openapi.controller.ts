import { Controller, Get } from '@nestjs/common';
import { describeApi } from '../openapi/describe-api.ts';
import { StudioFacts } from './studio.controller.ts';

/** What the HTTP API is, for programs and those who write them. */
@Controller('api/openapi.json')
export class OpenApiController {
  private readonly description: object;

  constructor(facts: StudioFacts) {
    this.description = describeApi(facts.version);
  }

  @Get()
  describe(): object {
    return this.description;
  }
}
