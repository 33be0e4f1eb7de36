import { newId } from '@studio/contracts';
import type { Actor } from '@studio/contracts';
import { describe, expect, it } from 'vitest';
import { InputTranscripts } from './input-transcripts.ts';

const person = (name: string): Actor => ({ id: newId(), name, kind: 'person' });
const ana = person('Ana');
const ben = person('Ben');

function recorder() {
  const log: string[] = [];
  const transcripts = new InputTranscripts({
    transcript: (_key, actor, text) => log.push(`${actor.name} … ${text}`),
    finished: (_key, actor, text, speakers) =>
      log.push(`${[actor, ...speakers.slice(1)].map(({ name }) => name).join('+')}: ${text}`),
  });
  return { transcripts, log };
}

describe('words without a name', () => {
  it('go to who holds the floor, and are finished when Gemini has answered', () => {
    const { transcripts, log } = recorder();
    transcripts.start(ana, true, 0);
    transcripts.text('Good', 500);
    transcripts.end(1_000);
    transcripts.text(' morning', 1_200);
    transcripts.settle();
    expect(log).toEqual(['Ana … Good', 'Ana … Good morning', 'Ana: Good morning']);
  });

  it('go to the one before when they come right after a change of speakers', () => {
    const { transcripts, log } = recorder();
    transcripts.start(ana, true, 0);
    transcripts.end(1_000);
    transcripts.start(ben, true, 1_020);
    transcripts.text('mine', 1_200);
    transcripts.text('his', 1_400);
    transcripts.tick(2_019);
    expect(log).toEqual(['Ana … mine', 'Ben … his']);
    transcripts.tick(2_020);
    transcripts.end(3_000);
    transcripts.tick(13_000);
    expect(log.slice(2)).toEqual(['Ana: mine', 'Ben: his']);
  });

  it('are not cut off by an answer while somebody still speaks', () => {
    const { transcripts, log } = recorder();
    transcripts.start(ana, true, 0);
    transcripts.text('Wait', 400);
    transcripts.settle();
    transcripts.text(', listen', 900);
    transcripts.close();
    expect(log.at(-1)).toBe('Ana: Wait, listen');
  });

  it('are dropped when nobody has spoken, and a turn without words is told as empty', () => {
    const { transcripts, log } = recorder();
    transcripts.text('ghost', 0);
    transcripts.start(ana, true, 10);
    transcripts.close();
    expect(log).toEqual(['Ana: ']);
  });

  it('are of who spoke most when several did, and all of them are named', () => {
    const { transcripts, log } = recorder();
    transcripts.start(ana, true, 0);
    transcripts.text('Both', 500);
    transcripts.end(1_000, [ben, ana]);
    transcripts.settle();
    expect(log).toEqual(['Ana … Both', 'Ben+Ana: Both']);
  });

  it('are waited for a moment and no longer when no answer comes that would end them', () => {
    const { transcripts, log } = recorder();
    transcripts.start(ana, true, 0);
    transcripts.end(1_000);
    transcripts.settleSoon(1_100);
    transcripts.text('late', 1_500);
    transcripts.tick(2_099);
    expect(log).toEqual(['Ana … late']);
    transcripts.tick(2_100);
    expect(log.at(-1)).toBe('Ana: late');
  });
});
