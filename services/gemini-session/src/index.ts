export { GeminiSessionConfig } from './gemini-session-config.ts';
export { startGeminiSessionService } from './start-gemini-session-service.ts';
export type { GeminiSessionOptions } from './start-gemini-session-service.ts';
