import { TestBed } from '@angular/core/testing';
import type { StudioHits } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { STUDIO_API } from '../session/studio-api.token.ts';
import { SearchStore } from './search-store.ts';

const hit = {
  seq: 7,
  at: 0,
  actor: { id: 'A'.repeat(22), name: 'Ada', kind: 'person' },
  type: 'chat',
  snippet: 'the harvest',
  marks: [[4, 11]],
} as const;

function page(names: string[], searched: number, next?: string): StudioHits {
  const rooms = names.map((name) => ({
    room: { id: name.padEnd(22, '-'), name },
    hits: [{ ...hit, marks: [[4, 11] as [number, number]] }],
    more: false,
  }));
  return { rooms, searched, ...(next !== undefined && { next }) };
}

describe('the search over all rooms', () => {
  const search = vi.fn<(q: string, cursor?: string) => Promise<StudioHits>>();
  let store: SearchStore;
  const names = () => store.rooms().map(({ room }) => room.name);

  beforeEach(() => {
    search.mockReset();
    TestBed.configureTestingModule({
      providers: [SearchStore, { provide: STUDIO_API, useValue: { search } }],
    });
    store = TestBed.inject(SearchStore);
  });

  it('goes on through rooms without a hit until it finds one', async () => {
    search
      .mockResolvedValueOnce(page([], 20, 'a'))
      .mockResolvedValueOnce(page([], 20, 'b'))
      .mockResolvedValueOnce(page(['Orchard'], 20, 'c'));
    await store.search(' harvest ');
    expect(search.mock.calls.map(([q, cursor]) => [q, cursor])).toEqual([
      ['harvest', undefined],
      ['harvest', 'a'],
      ['harvest', 'b'],
    ]);
    expect([names(), store.searched(), store.more(), store.busy()]).toEqual([['Orchard'], 60, true, false]);
  });

  it('asks before it goes through very many rooms', async () => {
    search.mockResolvedValue(page([], 20, 'more'));
    await store.search('harvest');
    expect(search).toHaveBeenCalledTimes(5);
    expect(store.more()).toBe(true);
  });

  it('looks for nothing that is too short', async () => {
    await store.search('h');
    expect(search).not.toHaveBeenCalled();
    expect(store.asks()).toBe(false);
  });

  it('does not show what was found for an older question', async () => {
    const late = Promise.withResolvers<StudioHits>();
    search.mockReturnValueOnce(late.promise);
    const first = store.search('plums');
    search.mockResolvedValueOnce(page(['Orchard'], 1));
    await store.search('harvest');
    late.resolve(page(['Kitchen'], 1));
    await first;
    expect(names()).toEqual(['Orchard']);
  });

  it('says why it failed, and can go on', async () => {
    search.mockResolvedValueOnce(page(['Orchard'], 1, 'next'));
    await store.search('harvest');
    search.mockRejectedValueOnce(new StudioError('unavailable', 'Later.'));
    await store.loadMore();
    expect([store.problem(), names()]).toEqual(['Later.', ['Orchard']]);
    search.mockResolvedValueOnce(page(['Kitchen'], 1));
    await store.loadMore();
    expect([store.problem(), names(), store.more()]).toEqual([undefined, ['Orchard', 'Kitchen'], false]);
  });
});
