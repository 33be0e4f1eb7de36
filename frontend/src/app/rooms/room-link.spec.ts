import { describe, expect, it } from 'vitest';
import { inviteLink, roomLinkFromText } from './room-link.ts';

const ID = 'yPTrTSjiQ8tos2jpVkMdPN';
const INVITE = 'Qx1_-TSjiQ8tos2jpVkMdA';

describe('the room that a pasted text means', () => {
  it.each([
    ID,
    `  ${ID}\n`,
    `https://studio.example.com/rooms/${ID}`,
    `http://localhost:8080/rooms/${ID}/join?x=1#y`,
    `/rooms/${ID}/`,
    `Join us: https://studio.example.com/rooms/${ID} at noon`,
    `https://studio.example.com/rooms/${ID}?invite=nonsense`,
    inviteLink(ID, 'https://studio.example.com'),
  ])('is found in %j', (text) => {
    expect(roomLinkFromText(text)).toEqual({ roomId: ID, invite: undefined });
  });

  it.each([
    inviteLink(ID, 'https://studio.example.com', INVITE),
    `/rooms/${ID}/join?voiceProcessing=off&invite=${INVITE}#x`,
  ])('has the invite that stands in %j', (text) => {
    expect(roomLinkFromText(text)).toEqual({ roomId: ID, invite: INVITE });
  });

  it.each(['', 'hello', 'https://example.com/rooms/', `https://example.com/rooms/${ID}x`, 'rooms/../../etc'])(
    'is none for %j',
    (text) => {
      expect(roomLinkFromText(text)).toBeUndefined();
    },
  );
});
