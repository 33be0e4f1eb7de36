import { describe, expect, it } from 'vitest';
import { attachment } from './file-name.ts';

const AT = Date.UTC(2026, 10, 25);

describe('attachment', () => {
  it.each([
    ['Planning', 'Planning 2026-11-25.md', 'Planning%202026-11-25.md'],
    ['Zürich ☂', 'Zurich _ 2026-11-25.md', 'Z%C3%BCrich%20%E2%98%82%202026-11-25.md'],
    ['../etc/passwd', '-etc-passwd 2026-11-25.md', '-etc-passwd%202026-11-25.md'],
    [`a"b'; x*(1)`, `a-b'; x-(1) 2026-11-25.md`, 'a-b%27%3B%20x-%281%29%202026-11-25.md'],
    ['100%25', '100_25 2026-11-25.md', '100%2525%202026-11-25.md'],
    ['...', 'room 2026-11-25.md', 'room%202026-11-25.md'],
  ])('names the file of the room %j safely', (room, ascii, full) => {
    expect(attachment(room, 'md', AT)).toBe(`attachment; filename="${ascii}"; filename*=UTF-8''${full}`);
  });
});
