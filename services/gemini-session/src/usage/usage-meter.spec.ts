import { MediaModality } from '@google/genai';
import type { UsageMetadata } from '@google/genai';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../live/server-event.ts';
import { NO_BILL, billOf, plus } from './bill.ts';
import type { Bill } from './bill.ts';
import { UsageMeter } from './usage-meter.ts';

const { TEXT, AUDIO, VIDEO, IMAGE } = MediaModality;

/** A report as the service makes it. */
function report(text: number, audioIn: number, audioOut: number): ServerEvent {
  const usage: UsageMetadata = {
    promptTokenCount: text + audioIn,
    promptTokensDetails: [
      { modality: TEXT, tokenCount: text },
      { modality: AUDIO, tokenCount: audioIn },
    ],
    responseTokenCount: audioOut,
    responseTokensDetails: [{ modality: AUDIO, tokenCount: audioOut }],
  };
  return { type: 'usage', usage };
}
const END: ServerEvent = { type: 'turnComplete' };
const WORD: ServerEvent = { type: 'outputText', text: 'Hi' };

function measured(events: readonly ServerEvent[]): Bill {
  const meter = new UsageMeter();
  return events.reduce((sum, event) => plus(sum, meter.took(event) ?? NO_BILL), NO_BILL);
}
const bill = (text: number, audioIn: number, audioOut: number): Bill => ({
  input: { text, audio: audioIn, image: 0 },
  output: { text: 0, audio: audioOut, image: 0 },
});

describe('what a report says', () => {
  it('is counted by direction and modality, pictures of all kinds as one, thoughts as text', () => {
    expect(
      billOf({
        promptTokenCount: 700,
        promptTokensDetails: [
          { modality: TEXT, tokenCount: 100 },
          { modality: VIDEO, tokenCount: 258 },
          { modality: IMAGE, tokenCount: 258 },
          { modality: AUDIO, tokenCount: 50 },
        ],
        toolUsePromptTokenCount: 20,
        responseTokenCount: 40,
        responseTokensDetails: [{ modality: AUDIO, tokenCount: 40 }],
        thoughtsTokenCount: 7,
        totalTokenCount: 767,
      }),
    ).toEqual({ input: { text: 154, audio: 50, image: 516 }, output: { text: 7, audio: 40, image: 0 } });
  });

  it('may be anything, and is then nothing', () => {
    const strange = { promptTokenCount: -5, responseTokenCount: NaN, thoughtsTokenCount: '9' };
    expect(billOf(strange as unknown as UsageMetadata)).toEqual(NO_BILL);
    expect(billOf({})).toEqual(NO_BILL);
  });
});

describe('what has been used', () => {
  it('is the sum of the turns, each with the context before it', () => {
    expect(measured([WORD, report(100, 50, 25), END, WORD, report(120, 90, 30), END])).toEqual(
      bill(220, 140, 55),
    );
  });

  it('counts a turn once that is reported as it grows', () => {
    expect(measured([report(100, 50, 0), WORD, report(100, 50, 10), report(100, 50, 25), END])).toEqual(
      bill(100, 50, 25),
    );
  });

  it('counts every generation of a turn, when a report is not the one before, grown', () => {
    expect(measured([report(100, 50, 25), report(130, 50, 5), END])).toEqual(bill(230, 100, 30));
  });

  it('counts a report once that comes twice, also after its turn', () => {
    expect(measured([report(100, 50, 25), report(100, 50, 25), END, report(100, 50, 25)])).toEqual(
      bill(100, 50, 25),
    );
  });

  it('gives a report that comes late to its own turn', () => {
    expect(measured([WORD, END, report(100, 50, 25), WORD, report(120, 90, 30), END])).toEqual(
      bill(220, 140, 55),
    );
  });

  it('counts silent turns, in which nothing comes but the report', () => {
    expect(measured([WORD, END, report(100, 50, 25), END, report(110, 60, 0), END])).toEqual(
      bill(210, 110, 25),
    );
  });

  it('begins at nothing with a new connection', () => {
    const meter = new UsageMeter();
    meter.took(report(100, 50, 25));
    meter.newConnection();
    expect(meter.took(report(100, 60, 30))).toEqual(bill(100, 60, 30));
  });

  const counts = fc.tuple(fc.nat(50_000), fc.nat(50_000), fc.nat(5_000));
  /** A turn: its report grows in steps, and some are told twice. */
  const turns = fc.array(fc.array(fc.tuple(counts, fc.boolean()), { minLength: 1, maxLength: 5 }), {
    maxLength: 8,
  });

  it('is exactly the last report of each turn, however often each is told', () => {
    fc.assert(
      fc.property(turns, (all) => {
        let expected = NO_BILL;
        const events = all.flatMap((steps, turn) => {
          // The last digit is the turn's own: the very same bill as before would be one that is told again.
          const grown = [turn, 0, 0];
          const told = steps.flatMap(([[text, audioIn, audioOut], twice]) => {
            grown.splice(0, 3, grown[0]! + 10 * text, grown[1]! + audioIn, grown[2]! + audioOut);
            const one = report(grown[0]!, grown[1]!, grown[2]!);
            return twice ? [one, one] : [one];
          });
          expected = plus(expected, bill(grown[0]!, grown[1]!, grown[2]!));
          return [WORD, ...told, END];
        });
        expect(measured(events)).toEqual(expected);
      }),
    );
  });

  it('never shrinks, whatever is reported', () => {
    const event = fc.oneof(
      counts.map(([text, audioIn, audioOut]) => report(text, audioIn, audioOut)),
      fc.constantFrom(END, WORD),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const meter = new UsageMeter();
        for (const one of events) {
          const { input, output } = meter.took(one) ?? NO_BILL;
          for (const tokens of [...Object.values(input), ...Object.values(output)])
            expect(tokens).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
