import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { LIVE_MODELS } from '@studio/contracts';
import type { RpcRequest, RpcResponse } from '@studio/contracts';
import type { GeminiSessionConfig } from './gemini-session-config.ts';
import { CONFIG } from './ports.ts';

/** What people may know of the configuration. */
@Controller()
export class LiveInfoController {
  constructor(@Inject(CONFIG) private readonly config: GeminiSessionConfig) {}

  @MessagePattern('live.info')
  info(@Payload() _request: RpcRequest<'live.info'>): RpcResponse<'live.info'> {
    const { LIVE_EMULATOR_URL, GEMINI_MODEL, GEMINI_VOICE, GOOGLE_GENAI_USE_VERTEXAI } = this.config;
    const engine = LIVE_EMULATOR_URL === undefined ? 'gemini' : 'emulator';
    const service = engine === 'gemini' && GOOGLE_GENAI_USE_VERTEXAI ? 'vertex' : 'developer';
    const models = LIVE_MODELS.filter(({ services }) => services.includes(service)).map(({ id }) => id);
    return {
      ...{ engine, service, model: GEMINI_MODEL, voice: GEMINI_VOICE, tools: [] },
      models: models.includes(GEMINI_MODEL) ? models : [GEMINI_MODEL, ...models],
    };
  }
}
