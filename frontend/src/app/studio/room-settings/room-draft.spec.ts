import { describe, expect, it } from 'vitest';
import { ROOM } from '../testing/scripted-room.ts';
import { changeOf, draftOf, draftProblems } from './room-draft.ts';

const BASE = draftOf(ROOM);
const WITH_PASSCODE = draftOf({ ...ROOM, passcode: true });

describe('a change of a room', () => {
  it('names only what is changed', () => {
    expect(changeOf(BASE, BASE)).toEqual({});
    expect(changeOf(BASE, { ...BASE, name: ' Harvest ', locked: true })).toEqual({
      name: 'Harvest',
      locked: true,
    });
  });

  it('sets, keeps and takes away a passcode', () => {
    expect(changeOf(BASE, { ...BASE, passcode: true, newPasscode: 'plum tree' })).toEqual({
      passcode: 'plum tree',
    });
    expect(changeOf(WITH_PASSCODE, { ...WITH_PASSCODE, lobby: true })).toEqual({ lobby: true });
    expect(changeOf(WITH_PASSCODE, { ...WITH_PASSCODE, passcode: false, newPasscode: 'typed' })).toEqual({
      passcode: null,
    });
  });

  it('keeps what was said for some days, or as long as the studio does', () => {
    expect(changeOf(BASE, { ...BASE, retentionDays: '30' })).toEqual({ retentionDays: 30 });
    const kept = draftOf({ ...ROOM, retentionDays: 30 });
    expect(changeOf(kept, { ...kept, retentionDays: ' ' })).toEqual({ retentionDays: null });
  });
});

describe('what is typed for a room', () => {
  const wrong = (change: Partial<typeof BASE>, base = BASE) => [
    ...draftProblems(base, { ...base, ...change }).keys(),
  ];

  it('is right as it was saved', () => {
    expect(wrong({})).toEqual([]);
    expect(wrong({}, WITH_PASSCODE)).toEqual([]);
  });

  it.each(['0', '-1', '1.5', '5000', 'month'])('is no retention when it is %j', (retentionDays) => {
    expect(wrong({ retentionDays })).toEqual(['retentionDays']);
  });

  it('needs a name, and a passcode where one is wanted', () => {
    expect(wrong({ name: '  ' })).toEqual(['name']);
    expect(wrong({ passcode: true })).toEqual(['newPasscode']);
    expect(wrong({ passcode: true, newPasscode: 'abc' })).toEqual(['newPasscode']);
  });
});
