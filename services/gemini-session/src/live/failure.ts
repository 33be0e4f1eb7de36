import type { ConnectionEnd } from './live-connection.ts';

export interface Failure {
  /**
   * `refused`: the key, the model or the quota; stays until somebody changes something. `rejected`: what the connection was made with, which
   * may be its handle. `passing`: may be over at the next try.
   */
  kind: 'refused' | 'rejected' | 'passing';
  /** In plain words, without credentials and addresses. */
  reason: string;
}

const PASSING: Failure = { kind: 'passing', reason: 'Gemini cannot be reached at the moment.' };
const SLOW: Failure = { kind: 'passing', reason: 'Gemini takes too long to answer.' };

/** What the service says, in HTTP statuses before the socket is open and in close reasons afterwards, and what it means. */
const REFUSALS: readonly { pattern: RegExp; reason: string }[] = [
  {
    pattern: /quota|resource.?exhausted|too many requests|response: 429|billing/i,
    reason: 'The quota for Gemini is used up.',
  },
  {
    pattern:
      /api.?key|credential|permission|unauthenticated|unauthorized|forbidden|access token|response: 40[13]/i,
    reason: 'Google refuses the key or account of this studio.',
  },
  {
    pattern: /models?\/\S+ (is|was) not (found|supported)|unknown model|model \S+ (is )?not|response: 404/i,
    reason: 'Google does not know the configured model.',
  },
];

/** What it means that a connection could not be made or has ended. */
export function failureOf({ code, detail, slow, refusal: ours }: ConnectionEnd): Failure {
  if (ours !== undefined) return { kind: 'refused', reason: ours };
  if (slow) return SLOW;
  const refusal = REFUSALS.find(({ pattern }) => pattern.test(detail));
  if (refusal !== undefined) return { kind: 'refused', reason: refusal.reason };
  // 1007 invalid argument, 1008 policy: the same request will be refused again.
  if (code === 1007 || code === 1008)
    return { kind: 'rejected', reason: 'Gemini does not accept the settings of this studio.' };
  return PASSING;
}

/** Whether the service itself ended it, or did not answer what it was given: 1006 is a lost or refused transport. */
export function isJudgement({ code, slow }: ConnectionEnd): boolean {
  return slow || (code !== undefined && code !== 1006);
}

/** Whether the handle may be the reason: a key, a model or a quota that is refused is refused without one as well. */
export function blamesHandle(end: ConnectionEnd): boolean {
  return isJudgement(end) && failureOf(end).kind !== 'refused';
}
