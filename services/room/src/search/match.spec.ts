import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import { matchText } from './match.ts';
import { parseQuery } from './search-query.ts';
import { lineFilter, spokenIn } from './spoken-lines.ts';

const marked = (text: string, query: string) => {
  const match = matchText(text, parseQuery(query));
  return match?.marks.map(([from, to]) => match.snippet.slice(from, to));
};

describe('what is looked for', () => {
  it('is words and quoted phrases', () => {
    expect(parseQuery('  one "two  Three" vier')).toEqual([['one'], ['two', 'three'], ['vier']]);
    expect(parseQuery('"unfinished business')).toEqual([['unfinished'], ['business']]);
  });

  it('is refused when there is no word in it', () => {
    expect(() => parseQuery('"" "')).toThrow('at least one word');
  });
});

describe('a text matches', () => {
  it('when all words occur in it, in any order and case, with or without accents', () => {
    expect(marked('Grüße aus ÎLE-DE-FRANCE', 'france GRUSSE')).toEqual(['Grüße', 'FRANCE']);
    expect(marked('ΟΔΟΣ και οδος', 'οδοσ')).toEqual(['ΟΔΟΣ', 'οδος']);
    expect(marked('İstanbul', 'istanbul')).toEqual(['İstanbul']);
    expect(marked('no match here', 'match nowhere')).toBeUndefined();
  });

  it('when the words of a phrase follow each other, whatever white space is between them', () => {
    expect(marked('one two\n  three', '"two three"')).toEqual(['two   three']);
    expect(marked('two one three', '"two three"')).toBeUndefined();
  });

  it('with marks that do not overlap', () => {
    expect(marked('banana', 'ana nan')).toEqual(['anan']);
  });

  it('and is shown around the first place where it does', () => {
    const text = `${'before '.repeat(100)}NEEDLE${' after'.repeat(100)}`;
    const match = matchText(text, parseQuery('needle'));
    expect(match?.snippet).toHaveLength(300);
    expect(match?.snippet).toMatch(/^….*before NEEDLE after.*…$/s);
    expect(marked(text, 'needle')).toEqual(['NEEDLE']);
  });

  it('with a snippet that fits and marks what it says, whatever the text', () => {
    const word = fc.constantFrom(
      'Über',
      'e\u0301t\u00e9',
      'plain',
      '🌳',
      'ß',
      'ﬁ',
      '"quoted"',
      'a\\b',
      '한글',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 90 }), fc.nat(), (words, pick) => {
        const text = words.join(' ');
        const wanted = words[pick % words.length]?.replaceAll('"', '') ?? '';
        const match = matchText(text, parseQuery(wanted));
        expect(match).toBeDefined();
        expect(match?.snippet.length).toBeLessThanOrEqual(300);
        expect(match?.snippet.isWellFormed()).toBe(true);
        for (const [from, to] of match?.marks ?? []) {
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(match?.snippet.length ?? 0);
        }
        const [from = 0, to = 0] = match?.marks[0] ?? [];
        expect(fold(match?.snippet.slice(from, to) ?? '')).toContain(fold(wanted));
      }),
    );
  });
});

describe('the filter of lines', () => {
  const line = (text: string) =>
    JSON.stringify({ key: 'text', actor: { name: '"text":"actor' }, body: { type: 'chat', text } });

  it('sees what was said, and neither keys nor names', () => {
    const lines = [line('one'), '{"body":{"type":"room.closed"}}', line('ÉTÉ "quoted" \\ end'), ''].join(
      '\n',
    );
    expect(spokenIn(lines)).toEqual(['one', '', 'ete \\"quoted\\" \\\\ end']);
    for (const key of ['actor', 'text', 'chat', 'body']) {
      const filter = lineFilter(parseQuery(key));
      expect(spokenIn(lines).some(filter)).toBe(false);
    }
  });

  it('lets through everything that matches', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'É', 'ß', ' ', '\n', '\t', '"', '\\', 'Σ', '\u0001', '🌳'),
    });
    fc.assert(
      fc.property(text, text, (said, query) => {
        fc.pre(/[^\s"]/.test(query));
        const terms = parseQuery(query);
        const [spoken = ''] = spokenIn(`${line(said)}\n`);
        if (matchText(said, terms) !== undefined) expect(lineFilter(terms)(spoken)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
