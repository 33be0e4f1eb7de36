import * as z from 'zod';
import { Duration } from '../duration.ts';
import { MAX_REASON } from '../transport/close-reason.ts';

/**
 * When a fault strikes: at once, on every open connection; or when a setup comes in, when a resumed session is
 * set up, at the first message of a model's turn, after a message with search results, after a tool call.
 */
export const Moment = z.enum(['now', 'setup', 'resumed', 'turn', 'search', 'tool-call']);
export type Moment = z.infer<typeof Moment>;

const Times = z.union([z.int().min(1), z.literal('always')]);

/** Of every fault that waits for its moment. */
const waiting = {
  /** How often it strikes; `always`: until it is cleared. Default 1; `now` strikes each open connection once. */
  times: Times.default(1),
  /** The one session that it strikes, by its id; any where it is not given. */
  session: z.string().optional(),
};

/** Of every fault that strikes a connection as a whole. */
const striking = {
  /** Default `now`; in a step of a scenario `turn`. */
  on: Moment.optional(),
  /** How long after that moment. */
  after: Duration.default(0),
  ...waiting,
};

const CloseCode = z
  .int()
  .refine((code) => (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || isFree(code), {
    error: 'Must be a close code that may be sent: 1000 to 1014 but 1004, 1005, 1006, or 3000 to 4999',
  });
const Reason = z
  .string()
  .refine((reason) => Buffer.byteLength(reason) <= MAX_REASON, `Must not exceed ${MAX_REASON} bytes`);

function isFree(code: number): boolean {
  return code >= 3000 && code <= 4999;
}

/** Everything that can be made to go wrong. The README's table says what each does. */
export const Fault = z.discriminatedUnion('fault', [
  z.strictObject({ fault: z.literal('drop'), ...striking }),
  z.strictObject({ fault: z.literal('stall'), for: Duration.optional(), ...striking }),
  z.strictObject({ fault: z.literal('freeze'), for: Duration.optional(), ...striking }),
  z.strictObject({ fault: z.literal('go-away'), timeLeft: Duration.default(50_000), ...striking }),
  z.strictObject({
    fault: z.literal('close'),
    code: CloseCode.default(1011),
    reason: Reason.default('Internal error encountered.'),
    ...striking,
  }),
  z.strictObject({ fault: z.literal('malformed'), ...striking }),
  z
    .strictObject({
      fault: z.literal('refuse'),
      /** HTTP status of the refused upgrade; default 503. */
      status: z.literal([401, 403, 404, 429, 503]).optional(),
      /** In the place of a status: the connection opens, and is closed at once. */
      code: CloseCode.optional(),
      reason: Reason.optional(),
      times: Times.default(1),
    })
    .refine(({ status, code }) => status === undefined || code === undefined, 'Give a status or a code')
    .refine(({ code, reason }) => code !== undefined || reason === undefined, 'A reason goes with a code'),
]);
export type Fault = z.infer<typeof Fault>;
/** A fault as it is written, with its defaults left out. */
export type FaultInput = z.input<typeof Fault>;

/** A fault that strikes a connection as a whole. */
export type Strike = Extract<Fault, { after: number }>;
export type Refuse = Extract<Fault, { fault: 'refuse' }>;

export function isStrike(fault: Fault): fault is Strike {
  return 'after' in fault;
}

/** Whether it strikes what is open now, and nothing later. */
export function isNow(fault: Fault): boolean {
  return isStrike(fault) && (fault.on ?? 'now') === 'now';
}
