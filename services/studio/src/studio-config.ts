import { fileURLToPath } from 'node:url';
import { GatewayConfig } from '@studio/gateway';
import { GeminiSessionConfig } from '@studio/gemini-session';
import { setting } from '@studio/platform';
import { RoomConfig } from '@studio/room';
import * as z from 'zod';

const builtClient = fileURLToPath(new URL('../../../frontend/dist/browser', import.meta.url));

/** Settings of the embedded mode: those of the three services, and where data is kept. Every one has a default. */
export const StudioConfig = z.object({
  ...RoomConfig.shape,
  ...GeminiSessionConfig.shape,
  ...GatewayConfig.shape,
  /** Made at the first start and kept in the data directory when it is not given. */
  SESSION_SECRET: GatewayConfig.shape.SESSION_SECRET.optional(),
  CLIENT_DIR: z.string().default(builtClient),
  /** Nobody needs to be asked to move slowly when there is nowhere else to go. */
  DRAIN_MOVE_MS: GatewayConfig.shape.DRAIN_MOVE_MS.unwrap().default(0),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: setting.logLevel(),
});
export type StudioConfig = z.output<typeof StudioConfig>;
