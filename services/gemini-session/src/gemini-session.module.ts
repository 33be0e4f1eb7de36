import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Logger } from '@studio/platform';
import type { GeminiSessionConfig } from './gemini-session-config.ts';
import { LiveInfoController } from './live-info.controller.ts';
import type { GeminiMetrics } from './metrics.ts';
import { Ownership } from './ownership/ownership.ts';
import { CONFIG, LOGGER, METRICS, PORTS, TOOLS } from './ports.ts';
import type { GeminiSessionPorts } from './ports.ts';
import type { ToolRegistry } from './tools/tool-registry.ts';

@Module({})
export class GeminiSessionModule {
  static on(
    ports: GeminiSessionPorts,
    config: GeminiSessionConfig,
    tools: ToolRegistry,
    metrics: GeminiMetrics,
    logger: Logger,
  ): DynamicModule {
    return {
      module: GeminiSessionModule,
      controllers: [LiveInfoController],
      providers: [
        { provide: PORTS, useValue: ports },
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: TOOLS, useValue: tools },
        { provide: METRICS, useValue: metrics },
        Ownership,
      ],
    };
  }
}
