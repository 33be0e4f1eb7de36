import * as z from 'zod';
import { LIMITS } from '@studio/contracts';
import { setting } from '@studio/platform';

const origin = z.url({ protocol: /^https?$/, error: 'must be origins such as https://studio.example.com' });

/** Settings of the gateway; each has the name of its environment variable. */
export const GatewayConfig = z.object({
  PORT: setting.port(8080),
  /** Signs sessions and tickets: the same in every gateway of a studio. */
  SESSION_SECRET: z.string('is needed').min(32, 'must have at least 32 characters'),
  /** Directory of the built client; without it the gateway serves the API only. */
  CLIENT_DIR: z.string().optional(),
  /** Origins whose pages may use the API besides the gateway's own. */
  ALLOWED_ORIGINS: setting.list().pipe(z.array(origin.transform((url) => new URL(url).origin))),
  /** Whether people may sign in with nothing but a name. */
  GUESTS: setting.flag(true),
  /** Whether a proxy in front sets X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-For, and nobody can reach the gateway around it. */
  TRUST_PROXY: setting.flag(false),
  /** On shutdown clients are asked to move within this time, in milliseconds. */
  DRAIN_MOVE_MS: setting.wholeNumber(0, LIMITS.drainMs / 2).default(LIMITS.drainMoveMs),
});
export type GatewayConfig = z.output<typeof GatewayConfig>;
