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

/** The one session that it strikes, by its id; any where it is not given. */
const session = z.string().optional();

/** Of every fault that waits. `times`: how often it strikes; `always`: until it is cleared. */
const waiting = { times: Times.default(1), session };

/** Of every fault that strikes a connection as a whole; `now` strikes each open connection once. */
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

const drop = z.strictObject({ fault: z.literal('drop'), ...striking });
const stall = z.strictObject({ fault: z.literal('stall'), for: Duration.optional(), ...striking });
const freeze = z.strictObject({ fault: z.literal('freeze'), for: Duration.optional(), ...striking });
const goAway = z.strictObject({
  fault: z.literal('go-away'),
  timeLeft: Duration.default(50_000),
  ...striking,
});
const close = z.strictObject({
  fault: z.literal('close'),
  code: CloseCode.default(1011),
  reason: Reason.default('Internal error encountered.'),
  ...striking,
});
const malformed = z.strictObject({ fault: z.literal('malformed'), ...striking });
const searchFails = z.strictObject({
  fault: z.literal('search-fails'),
  after: striking.after,
  ...waiting,
});
const poisonedHandle = z.strictObject({
  fault: z.literal('poisoned-handle'),
  after: Duration.default(500),
  ...waiting,
});
const setupHangs = z.strictObject({ fault: z.literal('setup-hangs'), ...waiting });
const slowSetup = z.strictObject({ fault: z.literal('slow-setup'), by: Duration, ...waiting });
const earlyTurnComplete = z.strictObject({
  fault: z.literal('early-turn-complete'),
  after: striking.after,
  ...waiting,
});
/** At a setup, unless `on` says otherwise. */
const quota = z.strictObject({ fault: z.literal('quota'), ...striking });

const refuse = z
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
  .refine(({ code, reason }) => code !== undefined || reason === undefined, 'A reason goes with a code');
const unknownModel = z.strictObject({ fault: z.literal('unknown-model'), times: Times.default(1) });
const handleRefused = z.strictObject({ fault: z.literal('handle-refused'), times: Times.default(1) });

const emptyTurn = z.strictObject({ fault: z.literal('empty-turn'), ...waiting });
const lateTranscripts = z.strictObject({ fault: z.literal('late-transcripts'), ...waiting });
const duplicateToolCall = z.strictObject({ fault: z.literal('duplicate-tool-call'), ...waiting });
/** Every message is late by `by` and up to `jitter` more; for a time, or until it is cleared. */
const latency = z.strictObject({
  fault: z.literal('latency'),
  by: Duration,
  jitter: Duration.default(0),
  for: Duration.optional(),
  session,
});

const outage = z.strictObject({ fault: z.literal('outage'), for: Duration.optional() });

/** Everything that can be made to go wrong. The README's table says what each does. */
export const Fault = z.discriminatedUnion('fault', [
  drop,
  stall,
  freeze,
  goAway,
  close,
  malformed,
  searchFails,
  poisonedHandle,
  setupHangs,
  slowSetup,
  earlyTurnComplete,
  quota,
  refuse,
  unknownModel,
  handleRefused,
  emptyTurn,
  lateTranscripts,
  duplicateToolCall,
  latency,
  outage,
]);
export type Fault = z.infer<typeof Fault>;
/** A fault as it is written, with its defaults left out. */
export type FaultInput = z.input<typeof Fault>;

/** Where a fault acts. */
export type Place =
  Moment | 'door' | 'admission' | 'plan' | 'transcripts' | 'tool-calls' | 'every-message' | 'network';

export function placeOf(fault: Fault): Place {
  switch (fault.fault) {
    case 'drop':
    case 'stall':
    case 'freeze':
    case 'go-away':
    case 'close':
    case 'malformed':
      return fault.on ?? 'now';
    case 'quota':
      return fault.on === undefined || fault.on === 'setup' ? 'admission' : fault.on;
    case 'search-fails':
      return 'search';
    case 'poisoned-handle':
      return 'resumed';
    case 'setup-hangs':
    case 'slow-setup':
      return 'setup';
    case 'early-turn-complete':
      return 'turn';
    case 'refuse':
      return 'door';
    case 'unknown-model':
    case 'handle-refused':
      return 'admission';
    case 'empty-turn':
      return 'plan';
    case 'late-transcripts':
      return 'transcripts';
    case 'duplicate-tool-call':
      return 'tool-calls';
    case 'latency':
      return 'every-message';
    case 'outage':
      return 'network';
  }
}

/** The same fault for one session alone; where it strikes a connection, and does not say when, at this moment. */
export function scoped(fault: Fault, sessionId: string, moment: Moment): Fault {
  switch (fault.fault) {
    case 'refuse':
    case 'unknown-model':
    case 'handle-refused':
    case 'outage':
      return fault;
    case 'drop':
    case 'stall':
    case 'freeze':
    case 'go-away':
    case 'close':
    case 'malformed':
    case 'quota':
      return { ...fault, session: sessionId, on: fault.on ?? moment };
    default:
      return { ...fault, session: sessionId };
  }
}
