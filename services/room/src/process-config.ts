import { setting } from '@studio/platform';
import * as z from 'zod';
import { RoomConfig } from './room-config.ts';

/** What the process needs besides the service itself: which servers to connect to, and where objects are kept. */
export const ProcessConfig = RoomConfig.extend({
  NATS_URL: setting.url('nats', 'tls'),
  REDIS_URL: setting.url('redis', 'rediss'),
  /** Copies of the event log in a JetStream cluster, when it is created. */
  EVENT_LOG_REPLICAS: setting.wholeNumber(1, 5).default(1),
  STORAGE_BUCKET: z.string().optional(),
  STORAGE_EMULATOR_HOST: setting.url('http', 'https').optional(),
  /** Keeps objects on this machine's disk, which all replicas must share. */
  DATA_DIR: z.string().optional(),
  HEALTH_PORT: setting.port().optional(),
  LOG_LEVEL: setting.logLevel(),
}).refine(({ STORAGE_BUCKET, DATA_DIR }) => STORAGE_BUCKET !== undefined || DATA_DIR !== undefined, {
  path: ['STORAGE_BUCKET'],
  message: 'is needed, or DATA_DIR to keep rooms on this machine',
});
export type ProcessConfig = z.output<typeof ProcessConfig>;
