import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenedPlace } from './object-store.contract.ts';
import type { ObjectStore } from './object-store.ts';
import { decode, encode } from './object-texts.fixture.ts';

/** Names of any printable characters are kept apart, and listed in order. */
export function describeListing(opened: () => OpenedPlace): void {
  describe('names and lists', () => {
    let store: ObjectStore;
    let other: ObjectStore;
    let newPrefix: () => string;
    beforeEach(() => {
      ({ store, other, newPrefix } = opened());
    });

    it('lists names in order, page by page, with generation and metadata, without removed ones', async () => {
      const prefix = newPrefix();
      const parts = [
        'a',
        'a-b',
        'a/b',
        'a/b/c',
        'ab',
        'B',
        'Ä',
        'z z',
        'room/1',
        'room/10',
        'room/2',
        '🌳',
        'é',
      ];
      const names = parts
        .map((part) => prefix + part)
        .sort((one, two) => Buffer.compare(Buffer.from(one), Buffer.from(two)));
      const generations = new Map<string, string>();
      for (const name of names)
        generations.set(name, await store.put(name, encode('x'), { metadata: { name } }));
      for (const gone of ['a/a', 'room/11', 'zz']) {
        await store.put(prefix + gone, encode('x'));
        await store.delete(prefix + gone);
      }
      const expected = names.map((name) => ({
        name,
        generation: generations.get(name),
        metadata: { name },
      }));
      expect(await other.list(prefix, { limit: 1_000 })).toEqual({ objects: expected });
      for (const limit of [1, 2, 5, 12, 13]) {
        const found = [];
        for (let after: string | undefined; ;) {
          const page = await other.list(prefix, { limit, ...(after === undefined ? {} : { after }) });
          expect(page.objects.length).toBeLessThanOrEqual(limit);
          found.push(...page.objects);
          if (page.next === undefined) break;
          after = page.next;
        }
        expect(found).toEqual(expected);
      }
    });

    it('lists what begins with a prefix, also with a part of a name, and goes on behind any name', async () => {
      const prefix = newPrefix();
      for (const name of ['room/1', 'room/10', 'room/2', 'rooms', 'other'])
        await store.put(prefix + name, encode('x'));
      const list = async (begin: string, after?: string) =>
        (
          await store.list(prefix + begin, {
            limit: 10,
            ...(after === undefined ? {} : { after: prefix + after }),
          })
        ).objects.map(({ name }) => name.slice(prefix.length));
      expect(await list('room')).toEqual(['room/1', 'room/10', 'room/2', 'rooms']);
      expect(await list('room/')).toEqual(['room/1', 'room/10', 'room/2']);
      expect(await list('room/1')).toEqual(['room/1', 'room/10']);
      expect(await list('room/', 'room/1')).toEqual(['room/10', 'room/2']);
      expect(await list('room/', 'room/15')).toEqual(['room/2']);
      expect(await list('room/', 'room/9')).toEqual([]);
      expect(await list('Room')).toEqual([]);
      expect(await list('')).toHaveLength(5);
    });

    it('keeps names of any printable characters apart', async () => {
      const prefix = newPrefix();
      const parts = [
        'x',
        'X',
        'x.y',
        '%78',
        'x%2f',
        'x=',
        'x@',
        'x+',
        '..x',
        '...',
        'tab le',
        '"quoted"',
        '日本',
        'x\\y',
      ];
      // 500 bytes in all: many short parts, and one long one.
      const left = 500 - prefix.length;
      parts.push('p/'.repeat((left - 2) / 2) + 'pp', 'L'.repeat(left), 'é'.repeat(Math.floor(left / 2)));
      for (const part of parts) await store.put(prefix + part, encode(part));
      for (const part of parts) expect(decode((await store.get(prefix + part))?.data)).toBe(part);
      const listed = (await store.list(prefix, { limit: 100 })).objects.map(({ name }) =>
        name.slice(prefix.length),
      );
      expect(listed.sort()).toEqual(parts.sort());
    });
  });
}
