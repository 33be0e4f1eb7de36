import { LIVE_MODELS } from '@studio/contracts';
import type { LiveInfo, LiveTool } from '@studio/contracts';
import { liveBackend, liveService } from './gemini-session-config.ts';
import type { GeminiSessionConfig } from './gemini-session-config.ts';

/** What people may know of the configuration. @throws ConfigError when the settings name no way to Gemini */
export function liveInfo(config: GeminiSessionConfig, tools: readonly LiveTool[]): LiveInfo {
  const { kind, apiVersion } = liveBackend(config);
  const { GEMINI_MODEL, GEMINI_MODELS, GEMINI_VOICE } = config;
  const service = liveService(config);
  const known = LIVE_MODELS.filter(({ services }) => services.includes(service)).map(({ id }) => id);
  const offered = GEMINI_MODELS.length === 0 ? known : GEMINI_MODELS;
  return {
    ...{ engine: kind === 'emulator' ? 'emulator' : 'gemini', service, apiVersion, tools: [...tools] },
    ...{ model: GEMINI_MODEL, voice: GEMINI_VOICE },
    models: offered.includes(GEMINI_MODEL) ? offered : [GEMINI_MODEL, ...offered],
  };
}
