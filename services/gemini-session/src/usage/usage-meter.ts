import type { ServerEvent } from '../live/server-event.ts';
import { NO_BILL, billOf, covers, minus } from './bill.ts';
import type { Bill } from './bill.ts';

/**
 * What each report of a connection adds to what has been used. The service bills every turn with the whole context before it, and reports
 * turns, not sessions (measured by others on 2.5 and 3.1: pydantic/pydantic-ai#7269), so turns are added up. Within one:
 *
 * - a later report that has at least as much of everything is the same bill, grown: only the growth counts;
 * - one that has less of something is another bill, for another generation of that turn: all of it counts;
 * - one that comes after its turn, when none came in it and the next turn has not begun, is that turn's;
 * - the bill of the turn before, told once more, adds nothing.
 *
 * A new connection begins to count at nothing.
 */
export class UsageMeter {
  /** The newest report of the turn that goes on. */
  private turn: Bill | undefined;
  /** The last report of the turn before. */
  private before: Bill | undefined;
  /** The turn before has ended without a report. */
  private owed = false;

  /** What is to be added; undefined when the event reports nothing. */
  took(event: ServerEvent): Bill | undefined {
    switch (event.type) {
      case 'usage':
        return this.report(billOf(event.usage));
      case 'turnComplete':
        this.endTurn();
        return undefined;
      case 'audio':
      case 'outputText':
      case 'toolCall':
        this.owed = false;
        return undefined;
      default:
        return undefined;
    }
  }

  newConnection(): void {
    this.turn = undefined;
    this.before = undefined;
    this.owed = false;
  }

  private report(bill: Bill): Bill {
    const { turn, before } = this;
    if (turn === undefined && before !== undefined && covers(before, bill) && covers(bill, before))
      return NO_BILL;
    if (turn === undefined && this.owed) {
      this.owed = false;
      this.before = bill;
      return bill;
    }
    this.turn = bill;
    return turn !== undefined && covers(bill, turn) ? minus(bill, turn) : bill;
  }

  private endTurn(): void {
    this.owed = this.turn === undefined;
    this.before = this.turn ?? this.before;
    this.turn = undefined;
  }
}
