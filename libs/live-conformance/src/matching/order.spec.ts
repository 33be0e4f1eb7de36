import { describe, expect, it } from 'vitest';
import { inOrder } from './order.ts';

const TURN = 'setupComplete (model|transcript)+ generationComplete? turnComplete';

describe('inOrder', () => {
  it('reads an order like a regular expression over kinds', () => {
    expect(
      inOrder(TURN, ['setupComplete', 'model', 'transcript', 'model', 'generationComplete', 'turnComplete']),
    ).toBe(true);
    expect(inOrder(TURN, ['setupComplete', 'transcript', 'turnComplete'])).toBe(true);
    expect(inOrder(TURN, ['setupComplete', 'turnComplete'])).toBe(false);
    expect(inOrder(TURN, ['setupComplete', 'model', 'turnComplete', 'generationComplete'])).toBe(false);
  });

  it('wants the whole of it, and nothing of what it names more than it says', () => {
    expect(inOrder('model turnComplete', ['model', 'turnComplete', 'model'])).toBe(false);
    expect(inOrder('model turnComplete', ['model'])).toBe(false);
  });

  it('leaves kinds alone that it does not name, and takes a run of equal ones for one', () => {
    expect(
      inOrder('model turnComplete', ['notResumable', 'model', 'usage', 'model', 'turnComplete', 'resumable']),
    ).toBe(true);
  });

  it('refuses a name that is no kind', () => {
    expect(() => inOrder('modl', [])).toThrow(/"modl" is no kind/);
  });
});
