import type { FloorPolicy, FloorStatus, LiveStatus, ParticipantId } from '@studio/contracts';

/** Place of somebody in the queue, from 1 on; undefined when their hand is down. */
export function placeInQueue({ queue }: FloorStatus, id: ParticipantId | undefined): number | undefined {
  const index = id === undefined ? -1 : queue.indexOf(id);
  return index < 0 ? undefined : index + 1;
}

const SUFFIXES = new Map([
  ['one', 'st'],
  ['two', 'nd'],
  ['few', 'rd'],
  ['other', 'th'],
]);
const RULES = new Intl.PluralRules('en', { type: 'ordinal' });

/** `1st`, `22nd`. */
export function ordinal(number: number): string {
  return `${number}${SUFFIXES.get(RULES.select(number)) ?? 'th'}`;
}

/** Whether Gemini hears somebody, or is about to: they have the floor, and Gemini takes part. */
export function isHeard({ state, floor }: Pick<LiveStatus, 'state' | 'floor'>, id: ParticipantId): boolean {
  return state !== 'unavailable' && (floor.holder === id || floor.speakers.includes(id));
}

/** Who Gemini hears now, in a sentence for the one with `selfId`. */
export function heardWords(
  { state, floor: { policy, holder, speakers } }: Pick<LiveStatus, 'state' | 'floor'>,
  nameOf: (id: ParticipantId) => string,
  selfId: ParticipantId | undefined,
): string {
  if (state === 'unavailable' && policy !== 'push-to-talk') return 'Gemini hears nobody now';
  const name = (id: ParticipantId) => (id === selfId ? 'you' : nameOf(id));
  switch (policy) {
    case 'push-to-talk':
      if (holder === null) return 'The floor is free';
      return holder === selfId ? 'You have the floor' : `${nameOf(holder)} has the floor`;
    case 'open':
      return holder === null ? 'Gemini hears whoever speaks first' : `Gemini hears ${name(holder)}`;
    case 'mix':
      return speakers.length === 0
        ? 'Gemini hears everybody'
        : `Gemini hears ${listed(speakers.map(name).toSorted((a, b) => Number(a === 'you') - Number(b === 'you')))}`;
  }
}

const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `Ada, Ben and Cleo`; of more than four the rest is counted. */
export function listed(names: readonly string[]): string {
  return LIST.format(names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names);
}

/** Whom Gemini hears, to be read after "Hears". */
export const POLICY_WORDS: Record<FloorPolicy, string> = {
  'push-to-talk': 'whoever holds the button',
  open: 'whoever speaks first',
  mix: 'everybody at once',
};
