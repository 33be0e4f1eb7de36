import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import type { GeminiSessionConfig } from './gemini-session-config.ts';
import { liveInfo } from './live-info.ts';
import { CONFIG, TOOLS } from './ports.ts';
import type { ToolRegistry } from './tools/tool-registry.ts';

/** What people may know of the configuration. */
@Controller()
export class LiveInfoController {
  constructor(
    @Inject(CONFIG) private readonly config: GeminiSessionConfig,
    @Inject(TOOLS) private readonly tools: ToolRegistry,
  ) {}

  @MessagePattern('live.info')
  info(@Payload() _request: RpcRequest<'live.info'>): RpcResponse<'live.info'> {
    return liveInfo(this.config, this.tools.list);
  }
}
