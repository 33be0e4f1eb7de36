import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { RoomHits, SearchHit } from '@studio/contracts';
import { StudioError } from '@studio/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { STUDIO_API } from '../../session/studio-api.token.ts';
import { ConversationView } from '../conversation-view.ts';
import { ROOM } from '../testing/scripted-room.ts';
import { ConversationSearch } from './conversation-search.ts';

function hit(seq: number): SearchHit {
  return {
    seq,
    at: 0,
    actor: { id: 'A'.repeat(22), name: 'Ada', kind: 'person' },
    type: 'chat',
    snippet: 'Plums and plums',
    marks: [
      [0, 5],
      [10, 15],
    ],
  };
}

describe('the search in a conversation', () => {
  const searchRoom = vi.fn<(roomId: string, q: string, page: { before?: number }) => Promise<RoomHits>>();
  const showLine = vi.fn<(seq: number) => Promise<void>>();
  const forgetTarget = vi.fn();
  let search: ConversationSearch;
  const shown = () => showLine.mock.calls.map(([seq]) => seq);

  beforeEach(() => {
    for (const mock of [searchRoom, showLine, forgetTarget]) mock.mockReset();
    const view = { roomId: signal(ROOM.id), showLine, forgetTarget };
    TestBed.configureTestingModule({
      providers: [
        ConversationSearch,
        { provide: STUDIO_API, useValue: { searchRoom } },
        { provide: ConversationView, useValue: view },
      ],
    });
    search = TestBed.inject(ConversationSearch);
  });

  it('goes from the newest hit to older ones, asking for more when it needs them, and back', async () => {
    searchRoom.mockResolvedValueOnce({ hits: [hit(90), hit(80)], next: 80 });
    await search.search('plums');
    expect([search.answered(), search.current()]).toEqual([true, undefined]);
    await search.older();
    await search.older();
    searchRoom.mockResolvedValueOnce({ hits: [hit(10)] });
    await search.older();
    await search.older();
    await search.newer();
    expect(shown()).toEqual([90, 80, 10, 80]);
    expect(searchRoom.mock.calls.map(([, q, { before }]) => [q, before])).toEqual([
      ['plums', undefined],
      ['plums', 80],
    ]);
  });

  it('marks the words as they are written in the line', async () => {
    searchRoom.mockResolvedValueOnce({ hits: [hit(90)] });
    await search.search('PLUMS');
    expect(search.marked()).toEqual([]);
    await search.show(0);
    expect(search.marked()).toEqual(['Plums', 'plums']);
  });

  it('does not show what was found for an older question', async () => {
    const late = Promise.withResolvers<RoomHits>();
    searchRoom.mockReturnValueOnce(late.promise);
    const first = search.search('pl');
    searchRoom.mockResolvedValueOnce({ hits: [hit(5)] });
    await search.search('plums');
    late.resolve({ hits: [hit(90)] });
    await first;
    expect(search.hits().map(({ seq }) => seq)).toEqual([5]);
  });

  it('looks for nothing that is too short, and says why it failed', async () => {
    await search.search('p');
    expect(searchRoom).not.toHaveBeenCalled();
    searchRoom.mockRejectedValueOnce(new StudioError('unavailable', 'Later.'));
    await search.search('plums');
    expect([search.problem(), search.answered(), search.busy()]).toEqual(['Later.', false, false]);
  });

  it('leaves nothing marked when it is closed', async () => {
    search.open();
    searchRoom.mockResolvedValueOnce({ hits: [hit(90)] });
    await search.search('plums');
    search.close();
    expect([search.isOpen(), search.query(), search.hits()]).toEqual([false, '', []]);
    expect(forgetTarget).toHaveBeenCalledOnce();
  });
});
