import { expect, it } from 'vitest';
import { DisplayName } from './participant.ts';

it('trims a name and refuses an empty, overlong or many-lined one', () => {
  expect(DisplayName.parse('  Ana  ')).toBe('Ana');
  for (const name of ['', '   ', 'x'.repeat(81), 'a\nb', 'a\u2028b', 'a\u0000b']) {
    expect(DisplayName.safeParse(name).success).toBe(false);
  }
});
