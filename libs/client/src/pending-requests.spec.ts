import { describe, expect, it } from 'vitest';
import type { ClientRequest } from '@studio/contracts';
import { StudioError, newId } from '@studio/contracts';
import { PendingRequests } from './pending-requests.ts';

function chat(id: number): ClientRequest {
  return { type: 'chat', id, key: newId(), text: `line ${id}` };
}

describe('PendingRequests', () => {
  it('resolves the sequence when a request is acknowledged', async () => {
    const pending = new PendingRequests();
    const answer = pending.add(chat(pending.nextId()), 'resend');
    pending.acknowledge(1, 12);
    await expect(answer).resolves.toBe(12);
    expect(pending.messages()).toEqual([]);
  });

  it('keeps what is to be sent again through a loss, in order, with the same key', async () => {
    const pending = new PendingRequests();
    const lines = [chat(pending.nextId()), chat(pending.nextId())];
    const answers = lines.map((line) => pending.add(line, 'resend'));
    const interrupt = pending.add({ type: 'interrupt', id: pending.nextId() }, 'give up');
    pending.lose();
    await expect(interrupt).rejects.toMatchObject({ code: 'unavailable' });
    expect(pending.messages()).toEqual(lines);
    pending.rejectAll(new StudioError('closed', 'over'));
    for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'closed' });
  });

  it('rejects a refused request with the code of the refusal', async () => {
    const pending = new PendingRequests();
    const answer = pending.add(chat(pending.nextId()), 'resend');
    expect(pending.refuse(1, { code: 'forbidden', message: 'no' })).toBeUndefined();
    await expect(answer).rejects.toMatchObject({ name: 'StudioError', code: 'forbidden', message: 'no' });
  });

  it('repeats a line whose fate is not known, and gives up after five times', async () => {
    const pending = new PendingRequests();
    const answer = pending.add(chat(pending.nextId()), 'resend');
    const error = { code: 'timeout', message: 'no answer' } as const;
    expect([1, 2, 3, 4, 5, 6].map(() => pending.refuse(1, error))).toEqual([1, 2, 3, 4, 5, undefined]);
    await expect(answer).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ignores answers to requests that it does not know', () => {
    const pending = new PendingRequests();
    pending.acknowledge(9, 1);
    expect(pending.refuse(9, { code: 'invalid', message: '' })).toBeUndefined();
  });
});
