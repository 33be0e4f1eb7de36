import { describe, expect, it } from 'vitest';
import { RoomChange } from './room.ts';

describe('RoomChange', () => {
  it('names what is to be changed and nothing else', () => {
    expect(RoomChange.parse({ name: 'New' })).toEqual({ name: 'New' });
    expect(RoomChange.parse({ retentionDays: null, passcode: null })).toEqual({
      retentionDays: null,
      passcode: null,
    });
  });

  it.each([{}, { colour: 'red' }, { retentionDays: 0 }, { passcode: '123' }])('refuses %j', (change) => {
    expect(RoomChange.safeParse(change).success).toBe(false);
  });
});
