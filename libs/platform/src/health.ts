export interface HealthReport {
  ok: boolean;
  checks: Record<string, boolean>;
}

/** Whether this process can do its work now: the sum of named checks. */
export class Health {
  private readonly checks = new Map<string, () => boolean>();

  /** `check` answers at once; one that throws counts as failed. */
  add(name: string, check: () => boolean): void {
    this.checks.set(name, check);
  }

  report(): HealthReport {
    const checks = Object.fromEntries([...this.checks].map(([name, check]) => [name, holds(check)]));
    return { ok: Object.values(checks).every(Boolean), checks };
  }
}

function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    // The report says which check failed; the component itself has logged why.
    return false;
  }
}
