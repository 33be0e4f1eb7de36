import { ConfigError, readConfig } from '@studio/platform';
import { expect, it } from 'vitest';
import { NO_USAGE } from '@studio/contracts';
import { GeminiSessionConfig } from '../gemini-session-config.ts';
import { NO_BILL } from './bill.ts';
import { costOf, pricesOf, withBill } from './prices.ts';

const own = (json: string) => readConfig(GeminiSessionConfig, { GEMINI_PRICES: json }).GEMINI_PRICES;
const MILLION = 1_000_000;

it('costs what Google says for each modality', () => {
  const { prices, known } = pricesOf('gemini-3.8-live', {});
  expect(known).toBe(true);
  const cost = (way: 'input' | 'output', modality: string) =>
    costOf({ ...NO_BILL, [way]: { ...NO_BILL[way], [modality]: MILLION } }, prices);
  expect([cost('input', 'text'), cost('input', 'audio'), cost('input', 'image')]).toEqual([0.75, 3, 1]);
  expect([cost('output', 'text'), cost('output', 'audio')]).toEqual([4.5, 12]);
});

it('says when no price is known, and then takes the nearest', () => {
  expect(pricesOf('gemini-3.1-flash-live-preview', {})).toEqual({
    ...pricesOf('gemini-3.8-live', {}),
    known: false,
  });
});

it('takes the prices of the operator', () => {
  const table = own('{"my-model":{"input":{"text":1,"audio":2,"image":3},"output":{"text":4,"audio":5}}}');
  expect(pricesOf('my-model', table)).toMatchObject({ known: true, prices: { input: { audio: 2 } } });
  expect(pricesOf('gemini-3.8-live', table).known).toBe(true);
});

it.each([
  ['no JSON', '{', 'GEMINI_PRICES: must be JSON'],
  ['a part that is missing', '{"m":{"input":{"text":1,"audio":2,"image":3}}}', 'GEMINI_PRICES.m.output: '],
  [
    'a negative price',
    '{"m":{"input":{"text":-1,"audio":2,"image":3},"output":{"text":4,"audio":5}}}',
    'GEMINI_PRICES.m.input.text: ',
  ],
])('refuses %s, naming the place', (_, json, message) => {
  try {
    own(json);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems[0]).toContain(message);
  }
});

it('adds up tokens and cost', () => {
  const { prices } = pricesOf('gemini-3.8-live', {});
  const bill = { ...NO_BILL, input: { text: 100, audio: 200, image: 258 } };
  const once = withBill(NO_USAGE, bill, prices);
  expect(once.input).toEqual(bill.input);
  expect(withBill(once, bill, prices)).toEqual({
    input: { text: 200, audio: 400, image: 516 },
    output: NO_BILL.output,
    costUsd: once.costUsd * 2,
  });
});
