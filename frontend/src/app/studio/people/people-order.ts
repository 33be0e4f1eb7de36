import type { FloorStatus, Participant } from '@studio/contracts';

/** People as a list shows them: who is heard, then raised hands in their order, then the others by name. */
export function peopleOrder(
  people: readonly Participant[],
  { speakers, holder, queue }: FloorStatus,
): Participant[] {
  const rank = ({ id }: Participant): number => {
    if (id === holder || speakers.includes(id)) return -1;
    const place = queue.indexOf(id);
    return place < 0 ? queue.length : place;
  };
  return people.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
