import { vi } from 'vitest';

/** Waits for a condition, however long it takes within a bound that only a failure reaches. */
export function until(condition: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(condition, { timeout: 12_000, interval: 10 });
}
