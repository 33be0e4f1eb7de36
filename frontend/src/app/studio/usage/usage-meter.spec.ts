import { TestBed } from '@angular/core/testing';
import { NO_USAGE } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { UsageMeter } from './usage-meter.ts';

async function shown(costUsd: number, budgetUsd: number | null): Promise<HTMLElement> {
  const fixture = TestBed.createComponent(UsageMeter);
  fixture.componentRef.setInput('usage', { ...NO_USAGE, costUsd });
  fixture.componentRef.setInput('budgetUsd', budgetUsd);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('the meter of what Gemini has used', () => {
  it.each([
    [0.79, 'fine', '79'],
    [0.8, 'low', '80'],
    [1.2, 'used-up', '100'],
  ])('at %d of a dollar is %s', async (costUsd, state, now) => {
    const meter = (await shown(costUsd, 1)).querySelector('[role="meter"]');
    expect(meter?.getAttribute('data-state')).toBe(state);
    expect(meter?.getAttribute('aria-valuenow')).toBe(now);
  });

  it('has no bar without a budget', async () => {
    const element = await shown(0.5, null);
    expect(element.querySelector('[role="meter"]')).toBeNull();
    expect(element.textContent).toContain('$0.50');
  });
});
