import type { Clock } from '../clock.ts';
import { internalError, invalidArgument, quotaExceeded } from '../session/refusal.ts';
import type { Fault } from './fault.ts';
import type { Victim } from './victim.ts';

/** A message that was cut off in the middle. */
const MALFORMED = '{\n  "serverContent": {\n    "modelTurn": {\n      "parts": [';

/** Does to a connection what the fault says; a fault that acts elsewhere does nothing to it. */
export function strike(fault: Fault, faultId: string, victim: Victim, clock: Clock): void {
  const hold = (forMs: number | undefined, deaf = false) => {
    victim.hold(faultId, deaf);
    if (forMs !== undefined) clock.after(forMs, () => victim.lift(faultId));
  };
  switch (fault.fault) {
    case 'drop':
      victim.drop();
      break;
    case 'stall':
      hold(fault.for);
      break;
    case 'freeze':
      hold(fault.for, true);
      break;
    case 'setup-hangs':
      hold(undefined);
      break;
    case 'slow-setup':
      hold(fault.by);
      break;
    case 'go-away':
      victim.goAway(fault.timeLeft);
      break;
    case 'close':
      victim.close(fault.code, fault.reason);
      break;
    case 'quota':
      victim.refuse(quotaExceeded());
      break;
    case 'poisoned-handle':
      victim.refuse(internalError());
      break;
    case 'search-fails':
      victim.refuse(invalidArgument());
      break;
    case 'malformed':
      victim.sendRaw(MALFORMED);
      break;
    case 'early-turn-complete':
      victim.completeTurn();
  }
}
