import { describe, expect, it } from 'vitest';
import { isAnnouncement, readLines } from './lines.ts';

describe('readLines', () => {
  it.each([
    ['Ana: hello there', { type: 'statement', author: 'Ana', text: 'hello there' }],
    ['María José O’Neil: sí', { type: 'statement', author: 'María José O’Neil', text: 'sí' }],
    ['a line without author', { type: 'statement', author: null, text: 'a line without author' }],
    ['Note: this is no author', { type: 'statement', author: null, text: 'Note: this is no author' }],
    ['It starts at 10:30 today', { type: 'statement', author: null, text: 'It starts at 10:30 today' }],
    ['Ana: [speech, 4.6 s, -20 dBFS]', { type: 'heard', person: 'Ana', seconds: 4.6, dbfs: -20 }],
    ['(Ana is speaking)', { type: 'speaks', person: 'Ana' }],
    ['[Ana Lee has the floor]', { type: 'speaks', person: 'Ana Lee' }],
    ['Ben joined the room.', { type: 'joined', person: 'Ben' }],
    ['(Ben left)', { type: 'left', person: 'Ben' }],
    ['People in the room: Ana, Ben and Cem.', { type: 'present', people: ['Ana', 'Ben', 'Cem'] }],
  ])('reads %j', (text, line) => {
    expect(readLines(text)).toEqual([line]);
  });

  it('knows a text that asks for no answer', () => {
    expect(isAnnouncement('(Ana is speaking)\n(Ben joined)')).toBe(true);
    expect(isAnnouncement('(Ana is speaking)\nhello')).toBe(false);
    expect(isAnnouncement('Ana: [speech, 4.6 s, -20 dBFS]')).toBe(false);
    expect(isAnnouncement('')).toBe(false);
  });
});
