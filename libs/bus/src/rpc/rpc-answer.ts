import { ErrorBody } from '@studio/contracts';
import * as z from 'zod';

/** What travels back: the response of the method, or why there is none. */
export const RpcAnswer = z.union([z.strictObject({ ok: z.unknown() }), z.strictObject({ error: ErrorBody })]);
export type RpcAnswer = z.infer<typeof RpcAnswer>;
