import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenedPlace } from './object-store.contract.ts';
import { ABSENT, PreconditionFailedError } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { decode, encode, range } from './object-texts.fixture.ts';

/** Whoever changes an object can say which one they have read; nobody ever sees half of one. */
export function describeGenerations(opened: () => OpenedPlace): void {
  describe('generations', () => {
    let store: ObjectStore;
    let other: ObjectStore;
    let newPrefix: () => string;
    beforeEach(() => {
      ({ store, other, newPrefix } = opened());
    });

    it('creates an object only when it is absent, if that is expected', async () => {
      const name = `${newPrefix()}object`;
      await store.put(name, encode('first'), { expect: ABSENT });
      await expect(other.put(name, encode('second'), { expect: ABSENT })).rejects.toThrow(
        PreconditionFailedError,
      );
      expect(decode((await store.get(name))?.data)).toBe('first');
    });

    it('replaces and removes only the generation that is expected', async () => {
      const name = `${newPrefix()}object`;
      const first = await store.put(name, encode('first'));
      const second = await other.put(name, encode('second'), { expect: first });
      await expect(store.put(name, encode('late'), { expect: first })).rejects.toThrow(
        PreconditionFailedError,
      );
      await expect(store.delete(name, first)).rejects.toThrow(PreconditionFailedError);
      await expect(store.delete(name, ABSENT)).rejects.toThrow(PreconditionFailedError);
      expect(await store.get(name)).toMatchObject({ generation: second, data: encode('second') });
      await store.delete(name, second);
      expect(await other.get(name)).toBeUndefined();
      await expect(store.put(name, encode('gone'), { expect: second })).rejects.toThrow(
        PreconditionFailedError,
      );
    });

    it('never gives a generation again after an object was removed', async () => {
      const name = `${newPrefix()}object`;
      const first = await store.put(name, encode('first'));
      await other.delete(name);
      await store.delete(name);
      const second = await store.put(name, encode('second'), { expect: ABSENT });
      expect(second).not.toBe(first);
      await expect(other.delete(name, first)).rejects.toThrow(PreconditionFailedError);
    });

    it('lets one of many simultaneous creators win', async () => {
      const name = `${newPrefix()}object`;
      const results = await Promise.allSettled(
        range(1, 16).map((n) => (n % 2 ? store : other).put(name, encode(`writer ${n}`), { expect: ABSENT })),
      );
      const won = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PreconditionFailedError);
      expect(decode((await store.get(name))?.data)).toBe(`writer ${won + 1}`);
    });

    it('loses no update of writers that read, change and write with the generation they read', async () => {
      const name = `${newPrefix()}counter`;
      await store.put(name, encode('0'));
      const increment = async (by: ObjectStore) => {
        for (;;) {
          const object = await by.get(name);
          try {
            await by.put(name, encode(String(Number(decode(object?.data)) + 1)), {
              expect: object?.generation ?? ABSENT,
            });
            return;
          } catch (error) {
            if (!(error instanceof PreconditionFailedError)) throw error;
          }
        }
      };
      await Promise.all(
        range(1, 4).map(async (n) => {
          for (let i = 0; i < 6; i += 1) await increment(n % 2 ? store : other);
        }),
      );
      expect(decode((await other.get(name))?.data)).toBe('24');
    });

    it('shows readers the old object or the new one, whole', async () => {
      const name = `${newPrefix()}object`;
      const sizes = [10, 300_000, 7, 100_000];
      const write = async () => {
        for (let n = 0; n < 24; n += 1) {
          const size = sizes[n % 4] ?? 1;
          await store.put(name, new Uint8Array(size).fill(n), {
            metadata: { n: String(n), size: String(size) },
          });
        }
      };
      await store.put(name, new Uint8Array(10), { metadata: { n: '0', size: '10' } });
      const state = { writing: true };
      const written = write().finally(() => (state.writing = false));
      while (state.writing) {
        const object = await other.get(name);
        expect(object?.data.byteLength).toBe(Number(object?.metadata['size']));
        expect(object?.data.every((byte) => byte === Number(object.metadata['n']))).toBe(true);
      }
      await written;
    });
  });
}
