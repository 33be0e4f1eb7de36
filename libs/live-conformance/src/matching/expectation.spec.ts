import { describe, expect, it } from 'vitest';
import { Exchange } from '../exchange/exchange.ts';
import { property, truth } from './checks.ts';
import { between } from './expected.ts';
import { judge } from './expectation.ts';

function exchangeOf(...messages: object[]): Exchange {
  const exchange = new Exchange();
  messages.forEach((message, index) => exchange.add(message as never, index * 100));
  return exchange;
}

const ready = { setupComplete: {} };
const complete = { serverContent: { turnComplete: true }, usageMetadata: { totalTokenCount: 7 } };

describe('judge', () => {
  it('finds nothing where everything is as expected', () => {
    expect(
      judge(
        {
          order: 'setupComplete turnComplete usage',
          never: ['interrupted'],
          together: ['turnComplete', 'usage'],
          holds: [
            property('total', ({ usages }) => usages[0]?.totalTokenCount, between(7, 7)),
            truth('two messages', ({ messages }) => messages.length === 2),
          ],
        },
        exchangeOf(ready, complete),
      ),
    ).toEqual([]);
  });

  it('tells each difference, with what was expected and what was seen', () => {
    const exchange = exchangeOf(ready, { serverContent: { turnComplete: true } }, { usageMetadata: {} });
    const differences = judge(
      {
        order: 'setupComplete usage turnComplete',
        never: ['setupComplete'],
        together: ['turnComplete', 'usage'],
        holds: [property('total', ({ usages }) => usages[0]?.totalTokenCount, between(1, 9))],
      },
      exchange,
    );
    expect(differences.map(({ what, seen }) => [what, seen])).toEqual([
      ['order', 'setupComplete turnComplete usage'],
      ['no setupComplete', 'setupComplete turnComplete usage'],
      ['together', 'setupComplete turnComplete usage'],
      ['total', 'nothing'],
    ]);
  });

  it('takes an end for wrong unless it was expected, with its code and its reason', () => {
    const ended = exchangeOf(ready);
    ended.ending = { code: 1011, reason: 'Deadline expired', at: 0 };
    expect(judge({}, ended)).toMatchObject([{ what: 'close', seen: '1011 Deadline expired' }]);
    expect(judge({ close: { code: [1007, 1011], reason: /deadline/i } }, ended)).toEqual([]);
    expect(judge({ close: { code: [1007] } }, ended)).toHaveLength(1);
    expect(judge({ close: { code: [1011], reason: /quota/ } }, ended)).toHaveLength(1);
    expect(judge({ close: { code: [1011] } }, exchangeOf(ready))).toHaveLength(1);
  });

  it('knows a refused connection by its HTTP status', () => {
    const refused = exchangeOf();
    refused.failure = 'Unexpected server response: 401';
    expect(judge({ refusedWith: [401, 403] }, refused)).toEqual([]);
    expect(judge({ refusedWith: [404] }, refused)).toHaveLength(1);
    expect(judge({}, refused)).toMatchObject([{ what: 'opening' }]);
    expect(judge({ refusedWith: [401] }, exchangeOf(ready))).toMatchObject([{ seen: 'it opened' }]);
  });
});
