import type { Room, RoomSettings, Visibility } from '@studio/contracts';

const VISIBILITY: Record<Visibility, string> = {
  listed: 'everybody in the studio',
  link: 'whoever has the link',
  invited: 'who is invited',
};

/** What each setting is called, and its value in words. */
const SETTINGS: readonly (readonly [name: string, words: (room: RoomSettings) => string])[] = [
  ['Name', ({ name }) => name],
  ['May enter', ({ visibility }) => VISIBILITY[visibility]],
  ['Locked', ({ locked }) => yes(locked)],
  ['Lobby', ({ lobby }) => (lobby ? 'on' : 'off')],
  ['Kept for', ({ retentionDays }) => daysWords(retentionDays)],
];

/** What a change is in plain words, such as `Lobby: on (was off)`. A passcode is never among them. */
export function describeRoomChanges(before: Room, after: Room, passcode: 'same' | 'another'): string[] {
  const changes = SETTINGS.flatMap(([name, words]) =>
    words(before) === words(after) ? [] : [`${name}: ${words(after)} (was ${words(before)})`],
  );
  if (passcode === 'same') return changes;
  if (!after.passcode) return [...changes, 'Passcode: none any more'];
  return [...changes, before.passcode ? 'Passcode: a new one' : 'Passcode: needed'];
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

function daysWords(days: number | null): string {
  if (days === null) return 'as long as the studio keeps it';
  return days === 1 ? '1 day' : `${days} days`;
}
