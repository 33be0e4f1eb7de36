import type { Clock } from '../clock.ts';
import type { Strike } from './fault.ts';
import type { Victim } from './victim.ts';

/** A message that was cut off in the middle. */
const MALFORMED = '{\n  "serverContent": {\n    "modelTurn": {\n      "parts": [';

/** Does to a connection what the fault says. */
export function strike(fault: Strike, faultId: string, victim: Victim, clock: Clock): void {
  switch (fault.fault) {
    case 'drop':
      victim.drop();
      return;
    case 'stall':
    case 'freeze':
      victim.hold(faultId, fault.fault === 'freeze');
      if (fault.for !== undefined) clock.after(fault.for, () => victim.lift(faultId));
      return;
    case 'go-away':
      victim.goAway(fault.timeLeft);
      return;
    case 'close':
      victim.close(fault.code, fault.reason);
      return;
    case 'malformed':
      victim.sendRaw(MALFORMED);
  }
}
