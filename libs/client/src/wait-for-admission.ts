import type { EnterBody, TicketView } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import { isPassing } from './passing-errors.ts';
import { reconnectDelay } from './reconnect-schedule.ts';
import type { StudioApi } from './studio-api.ts';

export interface WaitForAdmissionOptions {
  api: Pick<StudioApi, 'enter'>;
  roomId: string;
  /** What the person brings: an invite, a passcode. */
  with?: EnterBody;
  /** Gives up: who does not ask any more has gone away from the door. */
  signal?: AbortSignal;
  /** The person knocks, and will be asked in. */
  onWaiting?: () => void;
  /** From 0 to below 1; for tests. */
  random?: () => number;
}

/**
 * Enters a room, and waits in its lobby for as long as nobody has answered. Goes on asking while the studio cannot be reached.
 * @throws StudioError when the person may not enter: `passcode`, `locked`, `closed`, `forbidden` and others
 * @throws the reason of the signal, when it was aborted
 */
export async function waitForAdmission(options: WaitForAdmissionOptions): Promise<TicketView> {
  const { api, roomId, signal, onWaiting, random = Math.random } = options;
  let failures = 0;
  for (;;) {
    signal?.throwIfAborted();
    let delay;
    try {
      const answer = await api.enter(roomId, options.with, { signal });
      if ('ticket' in answer) return answer;
      failures = 0;
      delay = answer.retryMs;
      onWaiting?.();
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(StudioError.from(error))) throw error;
      delay = reconnectDelay(failures++, 0, random());
    }
    await sleep(delay, signal);
  }
}

/** Ends early when the signal is aborted. */
function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
