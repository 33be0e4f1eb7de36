import { EventBody } from '@studio/contracts';
import { expect, it } from 'vitest';
import { webSources, withSources } from './web-sources.ts';

const page = (uri: string, title?: string, domain?: string) => ({ web: { uri, title, domain } }) as object;

it('are the pages on the web, with a title each', () => {
  const groundingChunks = [
    page('https://weather.example/bonn', 'Weather in Bonn'),
    page('http://news.example/a', undefined, 'news.example'),
    page('https://other.example/x'),
    { retrievedContext: { uri: 'https://not-the-web.example' } },
  ];
  expect(webSources({ groundingChunks })).toEqual([
    { uri: 'https://weather.example/bonn', title: 'Weather in Bonn' },
    { uri: 'http://news.example/a', title: 'news.example' },
    { uri: 'https://other.example/x', title: 'other.example' },
  ]);
  expect(webSources({})).toEqual([]);
});

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'not a page',
  '',
  `https://long.example/${'x'.repeat(2_000)}`,
])('never are %s', (uri) => {
  expect(webSources({ groundingChunks: [page(uri, 'Page')] })).toEqual([]);
});

it('are each there once, in order, and fit into an event', () => {
  const many = (from: number) =>
    Array.from({ length: 40 }, (_, i) => page(`https://s.example/${from + i}`, 'T'.repeat(999)));
  const sources = withSources(
    webSources({ groundingChunks: many(0) }),
    webSources({ groundingChunks: many(20) }),
  );
  expect(sources.map(({ uri }) => uri)).toEqual(
    Array.from({ length: 50 }, (_, i) => `https://s.example/${i}`),
  );
  expect(EventBody.safeParse({ type: 'speech', text: 'Well.', interrupted: false, sources }).success).toBe(
    true,
  );
});
