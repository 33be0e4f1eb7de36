import { describe, expect, it } from 'vitest';
import { inviteLink, roomIdFromText } from './room-link.ts';

const ID = 'yPTrTSjiQ8tos2jpVkMdPN';

describe('the room that a pasted text means', () => {
  it.each([
    ID,
    `  ${ID}\n`,
    `https://studio.example.com/rooms/${ID}`,
    `http://localhost:8080/rooms/${ID}/join?x=1#y`,
    `/rooms/${ID}/`,
    `Join us: https://studio.example.com/rooms/${ID} at noon`,
    inviteLink(ID, 'https://studio.example.com'),
  ])('is found in %j', (text) => {
    expect(roomIdFromText(text)).toBe(ID);
  });

  it.each(['', 'hello', 'https://example.com/rooms/', `https://example.com/rooms/${ID}x`, 'rooms/../../etc'])(
    'is none for %j',
    (text) => {
      expect(roomIdFromText(text)).toBeUndefined();
    },
  );
});
