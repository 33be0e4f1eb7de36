import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Watchdog } from './watchdog.ts';

describe('Watchdog', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls once when nothing was heard for the limit', () => {
    const silence = vi.fn();
    new Watchdog(silence).start(1_000);
    vi.advanceTimersByTime(999);
    expect(silence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5_000);
    expect(silence).toHaveBeenCalledTimes(1);
  });

  it('counts from what was heard last', () => {
    const silence = vi.fn();
    const watchdog = new Watchdog(silence);
    watchdog.start(1_000);
    vi.advanceTimersByTime(900);
    watchdog.heard();
    vi.advanceTimersByTime(999);
    expect(silence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(silence).toHaveBeenCalledTimes(1);
  });

  it('is quiet after it was stopped', () => {
    const silence = vi.fn();
    const watchdog = new Watchdog(silence);
    watchdog.start(1_000);
    watchdog.stop();
    vi.advanceTimersByTime(5_000);
    expect(silence).not.toHaveBeenCalled();
  });
});
