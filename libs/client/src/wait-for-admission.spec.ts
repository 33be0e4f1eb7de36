import { describe, expect, it } from 'vitest';
import { StudioError, newId } from '@studio/contracts';
import type { EntranceView } from '@studio/contracts';
import { waitForAdmission } from './wait-for-admission.ts';

const TICKET = { ticket: 'ticket', expiresAt: 1 };
const WAIT = { waiting: true, retryMs: 1 } as const;

/** An API that answers one thing after the other, and goes on with the last. */
function door(...answers: (EntranceView | StudioError)[]) {
  const asked: unknown[] = [];
  const enter = async (_: string, body: unknown): Promise<EntranceView> => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? new Error('nobody is there');
    asked.push(body);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { api: { enter }, asked, roomId: newId(), random: () => 0 };
}

describe('waitForAdmission', () => {
  it('enters at once where nobody needs to be asked', async () => {
    const { asked, ...options } = door(TICKET);
    await expect(waitForAdmission({ ...options, with: { passcode: 'open sesame' } })).resolves.toBe(TICKET);
    expect(asked).toEqual([{ passcode: 'open sesame' }]);
  });

  it('asks again until somebody has answered, also while the studio is away', async () => {
    const away = new StudioError('unavailable', 'away');
    const { asked, ...options } = door(WAIT, away, WAIT, TICKET);
    let told = 0;
    await expect(waitForAdmission({ ...options, onWaiting: () => told++ })).resolves.toBe(TICKET);
    expect([asked.length, told]).toEqual([4, 2]);
  });

  it('ends with what keeps the person out', async () => {
    const refused = new StudioError('forbidden', 'Not today.');
    await expect(waitForAdmission(door(WAIT, refused))).rejects.toBe(refused);
  });

  it('goes away from the door when it is aborted', async () => {
    const { asked, ...options } = door({ waiting: true, retryMs: 60_000 });
    const abort = new AbortController();
    const onWaiting = (): void => {
      queueMicrotask(() => abort.abort(new Error('gave up')));
    };
    await expect(waitForAdmission({ ...options, signal: abort.signal, onWaiting })).rejects.toThrow(
      'gave up',
    );
    expect(asked).toHaveLength(1);
    await expect(waitForAdmission({ ...options, signal: abort.signal })).rejects.toThrow('gave up');
    expect(asked).toHaveLength(1);
  });
});
